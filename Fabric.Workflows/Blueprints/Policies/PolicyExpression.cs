using Antlr4.Runtime.Tree;
using Cel;
using Cel.Internal;

namespace Fabric.Workflows.Blueprints;

/// <summary>An expression of a policy, compiled: it sees a resource's change, its entity and its environment, and says yes or no.</summary>
public sealed class PolicyExpression
{
    /// <summary>Longer ones nobody understands.</summary>
    public const int Longest = 2000;

    /// <summary>What an expression may name.</summary>
    public static readonly IReadOnlyList<string> Names = ["resource", "entity", "environment", "run"];

    private static readonly string[] Functions =
        ["has", "size", "matches", "contains", "startsWith", "endsWith", "int", "uint", "double", "string", "bytes", "bool", "duration", "timestamp", "type", "dyn"];

    private static readonly string[] Macros = ["all", "exists", "exists_one", "filter", "map"];

    private readonly CelProgramDelegate program;

    private PolicyExpression(CelProgramDelegate program) => this.program = program;

    /// <summary>Compiles a text.</summary>
    /// <param name="text">In the Common Expression Language.</param>
    /// <returns>The expression; or a sentence that says what is wrong with the text.</returns>
    public static (PolicyExpression? Expression, string? Fault) Compile(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (null, "It is empty.");
        if (text.Length > Longest)
            return (null, $"It has {text.Length} characters; {Longest} are the most.");
        try
        {
            var environment = new CelEnvironment(null!, null!);
            var parsed = environment.Parse(text);
            if (Unknown(parsed) is { } name)
                return (null, $"It names '{name}'. {Suggestion.For(name, [.. Names, .. Functions])}");
            return (new PolicyExpression(environment.Compile(parsed)), null);
        }
        catch (CelExpressionParserException wrong)
        {
            return (null, wrong.Message);
        }
    }

    /// <summary>What it says of a change.</summary>
    /// <param name="values">A value for each of <see cref="Names"/>.</param>
    /// <returns>Its answer; or a sentence that says why it has none: a field that is not there or not known yet, say.</returns>
    public (bool Holds, string? Fault) Evaluate(IDictionary<string, object?> values)
    {
        try
        {
            return program.Invoke(values) is bool holds ? (holds, null) : (false, "It is neither true nor false.");
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // Patterns that are none, numbers too large: whatever the library throws is no answer, and no answer is let through.
            return (false, wrong.Message);
        }
    }

    /// <summary>The first name in a text that stands for nothing; null when each is known or given by a macro.</summary>
    private static string? Unknown(IParseTree tree)
    {
        var (used, bound) = (new List<string>(), new HashSet<string>(Names, StringComparer.Ordinal));
        Collect(tree, used, bound);
        return used.FirstOrDefault(name => !bound.Contains(name));
    }

    private static void Collect(IParseTree tree, List<string> used, HashSet<string> bound)
    {
        if (tree is CelParser.IdentOrGlobalCallContext name && !(name.ChildCount > 1 && Functions.Contains(name.GetChild(0).GetText())))
            used.Add(name.GetChild(0).GetText());
        if (tree is CelParser.MemberCallContext call && Enumerable.Range(0, call.ChildCount).Select(call.GetChild).OfType<ITerminalNode>().Any(part => Macros.Contains(part.GetText())))
            bound.Add(call.GetChild(call.ChildCount - 2).GetChild(0).GetText());
        for (var i = 0; i < tree.ChildCount; i++)
            Collect(tree.GetChild(i), used, bound);
    }
}
