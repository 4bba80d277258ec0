using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Starts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Where blueprints are in their lives, and what is different between two states of one.</summary>
internal sealed class BlueprintReads(BlueprintLibrary library, CatalogReads catalog, BlueprintStarts starts)
{
    /// <summary>Every blueprint, by name.</summary>
    public async Task<IReadOnlyList<BlueprintLife>> ListAsync(CancellationToken ct)
    {
        var versions = (await library.VersionsAsync(null, ct)).ToLookup(version => version.Name, StringComparer.Ordinal);
        var newest = (await library.NewestRowsAsync(ct)).ToDictionary(version => version.Name, StringComparer.Ordinal);
        return [.. (await library.DraftsAsync(ct)).Select(draft => Life(draft, versions[draft.Name].FirstOrDefault(), newest))];
    }

    /// <summary>One blueprint; null when there is none.</summary>
    public async Task<BlueprintLife?> GetAsync(string name, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return null;
        return Life(draft, await library.LastAsync(name, ct), (await library.NewestRowsAsync(ct)).ToDictionary(version => version.Name, StringComparer.Ordinal));
    }

    /// <summary>One state of a blueprint: a version, or the draft when none is named; a fault when there is none.</summary>
    public async Task<Outcome<(BlueprintSide Side, CompiledBlueprint? Compiled)>> SideAsync(string name, int? version, CancellationToken ct)
    {
        if (version is { } number)
        {
            if (await library.VersionAsync(name, number, ct) is not { } row)
                return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no version {number} of blueprint {name}.");
            var published = CompiledBlueprint.FromJson(row.Json);
            return (new BlueprintSide(number, row.Yaml, catalog.Graph(published), []), published);
        }

        if (await library.DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        var compiled = await library.CompileAsync(name, draft.Draft, 0, ct);
        return (new BlueprintSide(null, draft.Draft, compiled.Blueprint is { } drawn ? catalog.Graph(drawn) : [], compiled.Faults), compiled.Blueprint);
    }

    /// <summary>Two states side by side.</summary>
    public async Task<Outcome<BlueprintComparison>> CompareAsync(string name, int? from, int? to, CancellationToken ct)
    {
        var (before, after) = (await SideAsync(name, from, ct), await SideAsync(name, to, ct));
        if (!before.Succeeded || !after.Succeeded)
            return before.Faults.Concat(after.Faults).ToArray();
        return new BlueprintComparison(before.Value.Side, after.Value.Side, Diff(before.Value.Compiled, after.Value.Compiled));
    }

    /// <summary>What publishing the draft would come to.</summary>
    public async Task<Outcome<PublishPreview>> PreviewAsync(string name, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        var last = (await library.LastAsync(name, ct))?.Version ?? 0;
        var after = await SideAsync(name, null, ct);
        var before = last > 0 ? await SideAsync(name, last, ct) : default;
        if (!after.Succeeded)
            return after.Cast<PublishPreview>();
        var (from, old) = last > 0 ? before.Value : default;
        var fresh = after.Value.Compiled;
        var comparison = new BlueprintComparison(from, after.Value.Side, Diff(old, fresh));
        return new PublishPreview(draft.DraftVersion, last + 1, comparison, from?.Text == draft.Draft && old?.Hash == fresh?.Hash);
    }

    /// <summary>What a derived blueprint could leave out, and what that costs.</summary>
    public async Task<Outcome<DeriveForm>> DeriveFormAsync(string name, IReadOnlyList<string> noOp, CancellationToken ct)
    {
        if (await starts.BaseAsync(name, ct) is not { } parent)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name} that could be read. Publish it, or mend its draft, and derive from it then.");
        var chosen = noOp.Where(node => parent.Find(node) is { Kind: NodeKind.Entity }).ToHashSet(StringComparer.Ordinal);
        var report = NoOpCost.Compute(parent, library.Catalog.Find, chosen);
        return new DeriveForm(
            name,
            parent.Version,
            [.. catalog.Graph(parent).Where(node => node.Kind is Workflows.Runs.StepKind.Entity)],
            [.. report.Nodes.SelectMany(node => node.Required.Select(output => new AdoptedOutput(node.Node, output.Output, output.NeededBy)))],
            report.HeldSteps);
    }

    private static BlueprintDiff? Diff(CompiledBlueprint? before, CompiledBlueprint? after) => before is null || after is null ? null : BlueprintDiff.Compare(before, after);

    private static BlueprintLife Life(BlueprintRecord draft, BlueprintVersionRecord? last, Dictionary<string, BlueprintVersionRecord> newest)
    {
        var current = newest.GetValueOrDefault(draft.Name) is { } row ? CompiledBlueprint.FromJson(row.Json) : null;
        var moved = (current?.Bases ?? [])
            .Where(used => newest.TryGetValue(used.Name, out var now) && now.Version > used.Version)
            .Select(used => new BaseNews(used.Name, used.Version, newest[used.Name].Version));
        var title = current?.Title ?? BlueprintText.Parse(draft.Draft).Text?.At("metadata", "title")?.ToString() ?? draft.Name;
        return new BlueprintLife(
            draft.Name, title, new DraftLine(draft.DraftVersion, draft.UpdatedAt, draft.UpdatedBy, last is null || last.Yaml != draft.Draft), current?.Version, last?.Version ?? 0, [.. moved]);
    }
}
