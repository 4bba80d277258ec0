using System.Text.Json.Nodes;
using Fabric.Web.Designer.Palette;
using Fabric.Web.Designer.Session;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Web.Designer;

/// <summary>What one page of the designer does and shows: the session, what is chosen, what is asked, what is said.</summary>
/// <param name="session">The draft.</param>
/// <param name="logger">Where it is written down that something could not be saved.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Ends with the page.</param>
public sealed partial class DesignerModel(DesignerSession session, ILogger logger, TimeProvider time, CancellationToken ended)
{
    private IReadOnlyList<PaletteItem>? palette;
    private string? opened;

    /// <summary>The page shall be drawn anew.</summary>
    public event Action? Changed;

    /// <summary>A node's card shall be brought into sight and focused.</summary>
    public event Action<string>? Shown;

    /// <summary>The inspector's first field shall be focused.</summary>
    public event Action? Opened;

    /// <summary>The draft.</summary>
    public DesignerSession Session => session;

    /// <summary>Names of the chosen nodes.</summary>
    public IReadOnlyList<string> Selected { get; private set; } = [];

    /// <summary>The chosen edge; null when none is.</summary>
    public (string From, string To)? Edge { get; private set; }

    /// <summary>What is asked; null when nothing is.</summary>
    public PickRequest? Pick { get; private set; }

    /// <summary>Why the last thing asked for was not done; empty when it was.</summary>
    public IReadOnlyList<string> Says { get; private set; } = [];

    /// <summary>What somebody else did last; null when nothing is to be told.</summary>
    public string? News { get; private set; }

    /// <summary>What can be put on the canvas.</summary>
    public IReadOnlyList<PaletteItem> Palette => palette ??= PaletteItem.All(session.Catalog);

    /// <summary>The draft as drawn.</summary>
    public Draft Draft => session.Draft ?? throw new InvalidOperationException("No text could be read yet.");

    /// <summary>Makes a change; what stands in its way is said.</summary>
    public async Task<bool> DoAsync(DraftEdit edit)
    {
        await TryAsync(() => session.DoAsync(edit, ended));
        return Says.Count == 0 && session.Clash is null;
    }

    public Task UndoAsync() => TryAsync(() => session.UndoAsync(ended));

    public Task RedoAsync() => TryAsync(() => session.RedoAsync(ended));

    public Task DecideAsync(ClashChoice choice) => TryAsync(() => session.DecideAsync(choice, ended));

    /// <summary>Saves a text as it was typed; see <see cref="DesignerSession.WriteTextAsync"/>.</summary>
    public Task WriteTextAsync(string text, DraftState on) => TryAsync(() => session.WriteTextAsync(text, on, CancellationToken.None));

    /// <summary>Reads what somebody else did; whether there was anything.</summary>
    public async Task<bool> FollowAsync()
    {
        var news = false;
        await TryAsync(async () =>
        {
            news = await session.FollowAsync(ended);
            return Says;
        });
        return news;
    }

    /// <summary>Chooses nodes, or one edge; the canvas and the text follow.</summary>
    public void Select(IReadOnlyList<string> nodes, (string From, string To)? edge = null)
    {
        if (nodes.SequenceEqual(Selected) && edge == Edge)
            return;
        (Selected, Edge) = (nodes, edge);
        Changed?.Invoke();
    }

    /// <summary>Chooses one node and brings it into sight.</summary>
    public void Show(string node)
    {
        Select([node]);
        Shown?.Invoke(node);
    }

    /// <summary>Chooses one node and goes to its first field.</summary>
    public void Open(string node)
    {
        opened = node;
        Select([node]);
        Opened?.Invoke();
    }

    /// <summary>Whether a node was opened and its first field has not had the focus since; asking is answering.</summary>
    public bool TakeFocus(string node)
    {
        var asked = opened == node;
        opened = asked ? null : opened;
        return asked;
    }

    public void Say(params string[] sentences)
    {
        Says = sentences;
        Changed?.Invoke();
    }

    /// <summary>Tells what somebody else did; null when it was read.</summary>
    public void Tell(string? news)
    {
        News = news;
        Changed?.Invoke();
    }

    public void Ask(PickRequest? request)
    {
        Pick = request;
        Changed?.Invoke();
    }

    // The page stays: what could not be saved is said, with an id to quote, and can be tried again.
    private async Task TryAsync(Func<Task<IReadOnlyList<string>>> deed)
    {
        try
        {
            Says = await deed();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N")[..12];
            NotSaved(logger, failure, id);
            Says = [$"The server could not read or write the draft, so nothing was saved. Try again; if it stays, quote {id}."];
        }

        Keep();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A draft could not be read or written ({Id})")]
    private static partial void NotSaved(ILogger logger, Exception failure, string id);

    /// <summary>Draws anew after a change that was made elsewhere.</summary>
    public void Keep()
    {
        var names = session.Canvas?.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        Selected = [.. Selected.Where(names.Contains)];
        if (Edge is { } edge && session.Canvas?.Edges.Any(line => line.From == edge.From && line.To == edge.To) is not true)
            Edge = null;
        Changed?.Invoke();
    }

    /// <summary>Puts a palette item on the canvas and chooses it.</summary>
    public async Task AddAsync(string key, double x, double y, Func<string, IReadOnlyList<DraftEdit>>? then = null)
    {
        if (session.Draft is not { } draft || Palette.FirstOrDefault(item => item.Key == key) is not { } item)
            return;
        var name = NodeNames.Free(draft, item.NodeName);
        DraftEdit add = new AddNode(name, item.NewNode(draft), Math.Round(x / 8) * 8, Math.Round(y / 8) * 8);
        if (await DoAsync(then is null ? add : new Sequence(add.Label, [add, .. then(name)])))
            Show(name);
    }

    /// <summary>Puts a new node at the end of an edge that was drawn into the void.</summary>
    public Task AddConnectedAsync(string key, double x, double y, string from, string? output) => AddAsync(key, x, y, name =>
    {
        var item = Palette.First(candidate => candidate.Key == key);
        var with = new AddNode(name, item.NewNode(Draft), x, y).Apply(Draft).Text is { } text ? Draft.With(text) : Draft;
        var input = output is null ? null : Ports.FittingInputs(with, from, output).FirstOrDefault(fit => fit.Node == name).Input;
        return [new Connect(from, input is null ? null : output, name, input)];
    });

    /// <summary>Puts a new node between two: it waits for the first, and the second for it.</summary>
    public Task AddBetweenAsync(string key, double x, double y, string from, string to) => AddAsync(key, x, y, name =>
    {
        var bare = session.Canvas!.Edges.FirstOrDefault(edge => edge.From == from && edge.To == to) is { Bindings.Count: 0 };
        return [new Connect(from, null, name, null), .. bare ? [new Disconnect(from, to)] : Array.Empty<DraftEdit>(), new Connect(name, null, to, null)];
    });

    public async Task PasteAsync(string yaml)
    {
        var before = session.Canvas?.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        if (await DoAsync(new Paste(yaml, 40, 40)))
            Select([.. session.Canvas!.Nodes.Select(node => node.Name).Where(name => !before.Contains(name))]);
    }

    /// <summary>What flagging a node no-op costs; null while the draft has faults, for then nobody knows.</summary>
    public NoOpNode? CostOf(string node) => session.Compiled is { } compiled
        ? NoOpCost.Compute(compiled, type => session.Catalog.Find(type), new HashSet<string>([node])).Nodes.FirstOrDefault(cost => cost.Node == node)
        : null;

    /// <summary>Faults of one field of a node.</summary>
    public IEnumerable<Fault> FaultsOf(string node, string? field = null) =>
        session.Problems.Where(fault => fault.Node == node && (field is null || fault.Field == field || fault.Field == $"config.{field}"));

    /// <summary>Sets a value of the configuration; null lets the default, or the base, decide.</summary>
    public Task SetAsync(string node, string path, JsonNode? value) => DoAsync(value is null ? new ClearValue(node, path) : new SetValue(node, path, value));
}
