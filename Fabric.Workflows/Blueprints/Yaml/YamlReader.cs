using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fabric.Workflows.Blueprints.Yaml;

/// <summary>
/// Reads YAML into nodes that know their place. It goes over the parser's events itself, because a deserializer loses
/// positions, lets the last duplicate win and follows aliases.
/// </summary>
internal sealed partial class YamlReader
{
    /// <summary>No file a person writes is larger (1 Mi characters).</summary>
    public const int MaxCharacters = 1 << 20;

    /// <summary>No file a person writes nests deeper.</summary>
    public const int MaxDepth = 40;

    private readonly string _text;
    private readonly string _file;
    private readonly FaultList _faults;
    private readonly Parser _parser;
    private readonly int _shift;

    private YamlReader(string text, string file, FaultList faults)
    {
        _text = text;
        _file = file;
        _faults = faults;
        _shift = text.StartsWith('\ufeff') ? 1 : 0;
        _parser = new Parser(new Scanner(new StringReader(_shift == 1 ? text[1..] : text), skipComments: true));
    }

    /// <summary>The single document of a file; null with a fault when there is none to go on with.</summary>
    public static YamlNode? Read(string text, string file, FaultList faults)
    {
        var documents = ReadAll(text, file, faults);
        if (documents is null) return null;
        if (documents.Count == 0)
            faults.Add(new Fault(FaultCodes.YamlSyntax, file, 1, 1, "The file is empty; it must hold one YAML document."));
        else if (documents.Count > 1)
            faults.Add(FaultCodes.YamlFeature, documents[1], "A second document starts here; write one document per file.");
        return documents.Count == 0 ? null : documents[0];
    }

    /// <summary>All documents of a file (empty ones left out); null when the text could not be read to its end.</summary>
    public static IReadOnlyList<YamlNode>? ReadAll(string text, string file, FaultList faults)
    {
        if (text.Length > MaxCharacters)
        {
            faults.Add(new Fault(FaultCodes.TooLarge, file, 1, 1,
                $"The file has {text.Length} characters; at most {MaxCharacters} are read. Split it."));
            return null;
        }

        var reader = new YamlReader(text, file, faults);
        try
        {
            return reader.Documents();
        }
        catch (YamlException e)
        {
            faults.Add(new Fault(FaultCodes.YamlSyntax, file, (int)e.Start.Line, (int)e.Start.Column, $"This is not YAML: {Sentence(e.Message)}"));
            return null;
        }
        catch (UnreadableException e)
        {
            faults.Add(e.Fault);
            return null;
        }
    }

    private List<YamlNode> Documents()
    {
        var documents = new List<YamlNode>();
        _parser.Consume<StreamStart>();
        while (!_parser.TryConsume<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            var node = Node(0);
            if (node is not YamlScalar { IsNull: true }) documents.Add(node);
            _parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private YamlNode Node(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
            throw new UnreadableException(At(FaultCodes.TooLarge, current.Start, $"The text nests deeper than {MaxDepth} levels here; flatten it."));
        if (current is AnchorAlias alias)
        {
            _faults.Add(At(FaultCodes.YamlFeature, alias.Start, $"'*{alias.Value}' is a YAML alias; write the value out, so that every place can be edited on its own."));
            _parser.MoveNext();
            return new YamlScalar(_file, (int)alias.Start.Line, (int)alias.Start.Column, Offset(alias.Start), Offset(alias.End), "", false);
        }

        if (current is not NodeEvent node)
            throw new UnreadableException(At(FaultCodes.YamlSyntax, current.Start, "A value is missing here."));
        Refuse(node);
        return node switch
        {
            MappingStart map => Map(map, depth),
            SequenceStart list => List(list, depth),
            _ => Scalar((Scalar)node),
        };
    }

    private YamlScalar Scalar(Scalar scalar)
    {
        _parser.MoveNext();
        return new YamlScalar(_file, (int)scalar.Start.Line, (int)scalar.Start.Column, Offset(scalar.Start), Offset(scalar.End),
            scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlList List(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
        var end = _parser.Consume<SequenceEnd>();
        return new YamlList(_file, (int)start.Start.Line, (int)start.Start.Column, Offset(start.Start),
            start.Style == SequenceStyle.Flow, items, Closing(end));
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        _parser.MoveNext();
        var entries = new List<YamlEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlScalar scalar)
                _faults.Add(FaultCodes.YamlFeature, key, $"A key must be text, not {key.Described}.");
            else if (scalar is { Plain: true, Value: "<<" })
                _faults.Add(FaultCodes.YamlFeature, key, "'<<' is a YAML merge key; write the values out, or derive the blueprint with 'extends'.");
            else if (!names.Add(scalar.Value))
                _faults.Add(FaultCodes.DuplicateName, key, $"'{scalar.Value}' is written twice in this map; keep one of them.", field: scalar.Value);
            else
                entries.Add(new YamlEntry(scalar, value));
        }

        var end = _parser.Consume<MappingEnd>();
        return new YamlMap(_file, (int)start.Start.Line, (int)start.Start.Column, Offset(start.Start),
            start.Style == MappingStyle.Flow, entries, Closing(end));
    }

    private void Refuse(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            _faults.Add(At(FaultCodes.YamlFeature, node.Start, $"'&{node.Anchor.Value}' is a YAML anchor; write the value out where it is needed."));
        if (!node.Tag.IsEmpty)
            _faults.Add(At(FaultCodes.YamlFeature, node.Start, $"'{node.Tag.Value}' is a YAML tag; the schema says what type a value has, leave it out."));
    }

    // The parser's end mark of a flow collection may stand before its bracket or behind it.
    private int Closing(ParsingEvent end)
    {
        var at = Offset(end.Start);
        return at < _text.Length && (_text[at] is ']' or '}') ? at + 1 : at;
    }

    private int Offset(Mark mark) => (int)mark.Index + _shift;

    private Fault At(string code, Mark mark, string message) => new(code, _file, (int)mark.Line, (int)mark.Column, message);

    private static string Sentence(string message)
    {
        var text = Position().Replace(message, "").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }

    [GeneratedRegex(@"^\(Line: .*?\) - (\(Line: .*?\): )?")]
    private static partial Regex Position();

    private sealed class UnreadableException(Fault fault) : Exception(fault.Message)
    {
        public Fault Fault { get; } = fault;
    }
}
