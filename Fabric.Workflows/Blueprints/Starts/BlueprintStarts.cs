using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Blueprints.Starts;

/// <summary>Begins blueprints: empty ones, and ones that derive from another.</summary>
public sealed class BlueprintStarts(BlueprintLibrary library)
{
    /// <summary>Makes a draft without nodes.</summary>
    public Task<Outcome<CompileResult>> CreateAsync(Actor actor, string name, string title, CancellationToken ct, Func<CompileResult, IReadOnlyList<object>>? alongside = null) =>
        PutAsync(actor, name, FirstText.Empty(name, title.Trim() is { Length: > 0 } given ? given : name), alongside, ct);

    /// <summary>Makes a draft that extends a blueprint and leaves some of its nodes out.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="extends">The base.</param>
    /// <param name="name">Name of the new blueprint; must be free.</param>
    /// <param name="title">Its title; null or empty for the base's.</param>
    /// <param name="noop">Nodes left out; entities of the base.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit.</param>
    public async Task<Outcome<CompileResult>> DeriveAsync(
        Actor actor, string extends, string name, string? title, IReadOnlyList<string> noop, CancellationToken ct, Func<CompileResult, IReadOnlyList<object>>? alongside = null)
    {
        if (!actor.IsVendor)
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not make blueprints.");
        if (await BaseAsync(extends, ct) is not { } parent)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {extends} to derive from.");
        var entities = parent.Nodes.Where(node => node.Kind is NodeKind.Entity).Select(node => node.Name).ToList();
        var unknown = noop.Where(node => !entities.Contains(node))
            .Select(node => new OperationFault(FaultKind.Invalid, FaultCodes.UnknownNode, $"{extends} has no entity '{node}' to leave out. {Suggestion.For(node, entities)}", "noop")).ToArray();
        if (unknown.Length > 0)
            return unknown;
        return await PutAsync(actor, name, FirstText.Derived(name, title?.Trim() is { Length: > 0 } given ? given : null, extends, [.. noop.Distinct()]), alongside, ct);
    }

    /// <summary>What a derived blueprint would be made of: the newest published version, or the draft of one that has none. Null when it cannot be read.</summary>
    public async Task<CompiledBlueprint?> BaseAsync(string name, CancellationToken ct) =>
        await library.VersionAsync(name, null, ct) is { } version ? CompiledBlueprint.FromJson(version.Json)
        : await library.LastAsync(name, ct) is null && await library.DraftAsync(name, ct) is { } draft ? (await library.CompileAsync(name, draft.Draft, 0, ct)).Blueprint
        : null;

    private async Task<Outcome<CompileResult>> PutAsync(Actor actor, string name, string text, Func<CompileResult, IReadOnlyList<object>>? alongside, CancellationToken ct)
    {
        var put = await library.PutDraftAsync(actor, name, text, 0, ct, alongside);
        return put.Succeeded || put.Faults[0].Kind is not FaultKind.PreconditionFailed
            ? put
            : new OperationFault(FaultKind.Conflict, "NameTaken", $"There is a blueprint {name} already. Choose another name.", "name");
    }
}
