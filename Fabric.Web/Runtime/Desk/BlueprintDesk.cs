using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Blueprints.Starts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>The blueprint desk of a running server. Rights are asked where changes are made; reads are the vendor's.</summary>
internal sealed class BlueprintDesk(BlueprintLibrary library, BlueprintReads reads, BlueprintStarts starts, VersionStages stages, UpgradeImpacts impacts, BlueprintSimulations simulations) : IBlueprintDesk
{
    public async Task<IReadOnlyList<BlueprintLife>> ListAsync(Actor actor, CancellationToken ct) => actor.IsVendor ? await reads.ListAsync(ct) : [];

    public async Task<BlueprintLife?> GetAsync(Actor actor, string name, CancellationToken ct) => actor.IsVendor ? await reads.GetAsync(name, ct) : null;

    public async Task<string?> DraftTextAsync(Actor actor, string name, CancellationToken ct) => actor.IsVendor ? (await library.DraftAsync(name, ct))?.Draft : null;

    public async Task<Outcome<BlueprintComparison>> CompareAsync(Actor actor, string name, int? from, int? to, CancellationToken ct) =>
        Forbidden(actor) is { } fault ? fault : await reads.CompareAsync(name, from, to, ct);

    public async Task<Outcome<PublishPreview>> PreviewPublishAsync(Actor actor, string name, CancellationToken ct) =>
        Forbidden(actor) is { } fault ? fault : await reads.PreviewAsync(name, ct);

    public async Task<Outcome<DeriveForm>> GetDeriveFormAsync(Actor actor, string name, IReadOnlyList<string> noOp, CancellationToken ct) =>
        Forbidden(actor) is { } fault ? fault : await reads.DeriveFormAsync(name, noOp, ct);

    public async Task<Outcome<BlueprintImpact>> ImpactAsync(Actor actor, string name, int? version, CancellationToken ct)
    {
        if (Forbidden(actor) is { } fault)
            return fault;
        if (version is { } number)
        {
            return await library.VersionAsync(name, number, ct) is { } row
                ? await impacts.OfAsync(actor, CompiledBlueprint.FromJson(row.Json), draft: false, VersionChoice.Refuse(row), ct)
                : new OperationFault(FaultKind.NotFound, "NotFound", $"There is no version {number} of blueprint {name}.");
        }

        if (await library.DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        var next = (await library.LastAsync(name, ct))?.Version + 1 ?? 1;
        var compiled = await library.CompileAsync(name, draft.Draft, next, ct);
        return compiled.Blueprint is { } blueprint
            ? await impacts.OfAsync(actor, blueprint, draft: true, null, ct)
            : compiled.Faults.Select(wrong => new OperationFault(FaultKind.Invalid, wrong.Code, wrong.ToString(), wrong.Field)).ToArray();
    }

    public async Task<Outcome<int>> PublishAsync(Actor actor, string name, string message, int expectedDraft, CancellationToken ct)
    {
        var published = await library.PublishAsync(actor, name, message, ct, expected: expectedDraft);
        return published.Succeeded ? published.Value.Version : published.Cast<int>();
    }

    public async Task<Outcome<bool>> MoveAsync(Actor actor, string name, int version, StageMove move, string reason, CancellationToken ct)
    {
        var moved = await stages.MoveAsync(actor, name, version, move, reason, ct);
        return moved.Succeeded ? true : moved.Cast<bool>();
    }

    public async Task<Outcome<CompileResult>> RestoreAsync(Actor actor, string name, int version, int expectedDraft, CancellationToken ct) =>
        await library.VersionAsync(name, version, ct) is { } row
            ? await library.PutDraftAsync(actor, name, row.Yaml, expectedDraft, ct)
            : new OperationFault(FaultKind.NotFound, "NotFound", $"There is no version {version} of blueprint {name}.");

    public Task<Outcome<CompileResult>> PutDraftAsync(Actor actor, string name, string text, int expectedDraft, CancellationToken ct) =>
        library.PutDraftAsync(actor, name, text, expectedDraft, ct);

    public async Task<ElsaImportResult> ReadWorkflowAsync(Actor actor, string name, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        var texts = await library.TextsAsync(ct);
        return ElsaImport.Read(json, name, library.Catalog, texts.GetValueOrDefault);
    }

    public Task<Outcome<CompileResult>> CreateAsync(Actor actor, string name, string title, CancellationToken ct) => starts.CreateAsync(actor, name, title, ct);

    public Task<Outcome<CompileResult>> DeriveAsync(Actor actor, string extends, string name, string? title, IReadOnlyList<string> noOp, CancellationToken ct) =>
        starts.DeriveAsync(actor, extends, name, title, noOp, ct);

    public async Task<Outcome<SimulationForm>> GetSimulationFormAsync(Actor actor, string name, CancellationToken ct) =>
        Forbidden(actor) is { } fault ? fault : await simulations.FormAsync(name, ct);

    public async Task<Outcome<SimulationResult>> SimulateAsync(Actor actor, string name, SimulationWish wish, CancellationToken ct) =>
        Forbidden(actor) is { } fault ? fault : await simulations.PlayAsync(name, wish, ct);

    private static OperationFault? Forbidden(Actor actor) =>
        actor.IsVendor ? null : new OperationFault(FaultKind.Forbidden, "Forbidden", $"Drafts and what they would do are the vendor's; the role {actor.Role} reads published versions.");
}
