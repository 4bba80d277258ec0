using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>The blueprint desk as pages have it; see <see cref="CheckedDesk"/>.</summary>
internal sealed class CheckedBlueprintDesk(IBlueprintDesk desk, SignedIn person) : IBlueprintDesk
{
    public Task<IReadOnlyList<BlueprintLife>> ListAsync(Actor actor, CancellationToken ct) => desk.ListAsync(actor, ct);

    public Task<BlueprintLife?> GetAsync(Actor actor, string name, CancellationToken ct) => desk.GetAsync(actor, name, ct);

    public Task<string?> DraftTextAsync(Actor actor, string name, CancellationToken ct) => desk.DraftTextAsync(actor, name, ct);

    public Task<Outcome<BlueprintComparison>> CompareAsync(Actor actor, string name, int? from, int? to, CancellationToken ct) => desk.CompareAsync(actor, name, from, to, ct);

    public Task<Outcome<PublishPreview>> PreviewPublishAsync(Actor actor, string name, CancellationToken ct) => desk.PreviewPublishAsync(actor, name, ct);

    public Task<Outcome<BlueprintImpact>> ImpactAsync(Actor actor, string name, int? version, CancellationToken ct) => desk.ImpactAsync(actor, name, version, ct);

    public Task<Outcome<DeriveForm>> GetDeriveFormAsync(Actor actor, string name, IReadOnlyList<string> noOp, CancellationToken ct) => desk.GetDeriveFormAsync(actor, name, noOp, ct);

    public Task<ElsaImportResult> ReadWorkflowAsync(Actor actor, string name, ReadOnlyMemory<byte> json, CancellationToken ct) => desk.ReadWorkflowAsync(actor, name, json, ct);

    public Task<Outcome<SimulationForm>> GetSimulationFormAsync(Actor actor, string name, CancellationToken ct) => desk.GetSimulationFormAsync(actor, name, ct);

    public Task<Outcome<SimulationResult>> SimulateAsync(Actor actor, string name, SimulationWish wish, CancellationToken ct) => desk.SimulateAsync(actor, name, wish, ct);

    public Task<Outcome<int>> PublishAsync(Actor actor, string name, string message, int expectedDraft, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.PublishAsync(now, name, message, expectedDraft, ct));

    public Task<Outcome<bool>> MoveAsync(Actor actor, string name, int version, StageMove move, string reason, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.MoveAsync(now, name, version, move, reason, ct));

    public Task<Outcome<CompileResult>> RestoreAsync(Actor actor, string name, int version, int expectedDraft, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.RestoreAsync(now, name, version, expectedDraft, ct));

    public Task<Outcome<CompileResult>> PutDraftAsync(Actor actor, string name, string text, int expectedDraft, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.PutDraftAsync(now, name, text, expectedDraft, ct));

    public Task<Outcome<CompileResult>> CreateAsync(Actor actor, string name, string title, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.CreateAsync(now, name, title, ct));

    public Task<Outcome<CompileResult>> DeriveAsync(Actor actor, string extends, string name, string? title, IReadOnlyList<string> noOp, CancellationToken ct) =>
        person.AsNowAsync(actor, now => desk.DeriveAsync(now, extends, name, title, noOp, ct));
}
