using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Shell;

/// <summary>One thing that Ctrl-K opens.</summary>
/// <param name="Group">Environments, Pages or Actions.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">A few words beside it.</param>
/// <param name="Href">Where it leads; null for what is done on the spot.</param>
/// <param name="State">State of an environment; null for the rest.</param>
/// <param name="Words">What else it is found by.</param>
public sealed record QuickItem(string Group, string Title, string Detail, string? Href, string? State = null, string Words = "")
{
    /// <summary>The action that changes the colours.</summary>
    public const string Colours = "Switch between light and dark";

    private const int Shown = 10;

    /// <summary>Everything there is to open from an area: <c>/portal</c> or <c>/console</c>.</summary>
    public static IReadOnlyList<QuickItem> All(string area, Actor actor, IReadOnlyList<EnvironmentLine> environments) =>
        [.. environments.Select(line => Of(area, line)), .. Pages(area, actor), .. environments.SelectMany(line => Parts(area, line)), .. Actions(area, actor)];

    /// <summary>What holds every word, at most ten, best first; without words the environments and pages.</summary>
    public static IReadOnlyList<QuickItem> Find(IReadOnlyList<QuickItem> all, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = all.Where(item => words.All(word => $"{item.Title} {item.Detail} {item.Words}".Contains(word, StringComparison.OrdinalIgnoreCase)));
        // Sections of an environment are many: they come up once a second word narrows them down.
        var fit = found.Where(item => item.Group != Section || words.Length > 1)
            .OrderByDescending(item => words.Length > 0 && item.Title.StartsWith(words[0], StringComparison.OrdinalIgnoreCase)).Take(Shown).ToList();
        return [.. fit.GroupBy(item => item.Group).SelectMany(group => group)];
    }

    private const string Section = "Sections";

    private static QuickItem Of(string area, EnvironmentLine line) => new(
        "Environments", line.Environment.Name, $"{line.Environment.Tenant} · {line.Environment.Region}", Address(area, line), line.Environment.State.ToString(), $"{line.Environment.Blueprint} {line.Environment.State} {line.Environment.Cell}");

    private static IEnumerable<QuickItem> Parts(string area, EnvironmentLine line) => area == "/portal"
        ? EnvironmentTabs.All.Skip(1).Select(tab => new QuickItem(Section, $"{line.Environment.Name}: {tab.Title.ToLowerInvariant()}", line.Environment.Tenant, $"{Address(area, line)}?tab={tab.Name}"))
        : [new QuickItem(Section, $"{line.Environment.Name}: whole journal", line.Environment.Tenant, $"{Address(area, line)}?journal=all")];

    private static IEnumerable<QuickItem> Pages(string area, Actor actor)
    {
        const string group = "Pages";
        if (area == "/portal")
        {
            yield return new(group, "Home", "Is everything well, what needs me, what changed", "/portal");
            yield return new(group, "Cloud accounts", "What environments are made in", "/portal/clouds", Words: "aws azure google");
            if (actor.IsVendor)
                yield return new(group, "Console", "The vendor's side", "/console");
            yield break;
        }

        yield return new(group, "Fleet", "Every environment", "/console");
        yield return new(group, "Fleet: not well", "Degraded and failed", "/console?state=unwell");
        yield return new(group, "Fleet: drifted", "What differs from what was deployed", "/console?state=drifted");
        yield return new(group, "Runs", "Newest first", "/console/runs");
        yield return new(group, "Runs: going", "Not over yet", "/console/runs?state=going");
        yield return new(group, "Runs: waiting for a yes", "Approvals and pauses", "/console/runs?state=waiting");
        yield return new(group, "Blueprints", "Versions and who uses them", "/console/blueprints");
        yield return new(group, "Agents", "All of them", "/console/agents");
        yield return new(group, "Agents: away", "Not heard of", "/console/agents?state=away");
        yield return new(group, "Portal", "What customers see", "/portal");
    }

    private static IEnumerable<QuickItem> Actions(string area, Actor actor)
    {
        const string group = "Actions";
        if (actor.Has(Right.Change, actor.Tenant))
            yield return new(group, "Create an environment", "Product, place, configuration, plan", "/portal/new", Words: "new add");
        yield return new(group, Colours, "", null, Words: "theme");
    }

    private static string Address(string area, EnvironmentLine line) => $"{area}/environments/{line.Environment.Id}";
}
