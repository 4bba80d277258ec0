using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Support;

/// <summary>A test double of the blueprint desk: it answers what a test put into it, and remembers what pages asked for.</summary>
public sealed class SampleBlueprintDesk : IBlueprintDesk
{
    public List<BlueprintLife> Lives { get; } = [];

    public string? DraftText { get; set; }

    public Outcome<BlueprintComparison> Comparison { get; set; } = NotFed;

    public Outcome<PublishPreview> Preview { get; set; } = NotFed;

    public Outcome<BlueprintImpact> Impact { get; set; } = NotFed;

    public Outcome<int> Published { get; set; } = NotFed;

    public Outcome<bool> Moved { get; set; } = true;

    public Outcome<CompileResult> Drafted { get; set; } = new CompileResult(null, []);

    public Outcome<DeriveForm> Form { get; set; } = NotFed;

    public Outcome<SimulationForm> SimulationForm { get; set; } = NotFed;

    public Outcome<SimulationResult> Simulated { get; set; } = NotFed;

    public SimulationWish? Wished { get; private set; }

    /// <summary>What pages asked to be done, in order.</summary>
    public List<string> Deeds { get; } = [];

    private static OperationFault NotFed => new(FaultKind.Unavailable, "NotFed", "The test put nothing here.");

    public Task<IReadOnlyList<BlueprintLife>> ListAsync(Actor actor, CancellationToken ct) => Task.FromResult<IReadOnlyList<BlueprintLife>>([.. Lives]);

    public Task<BlueprintLife?> GetAsync(Actor actor, string name, CancellationToken ct) => Task.FromResult(Lives.Find(life => life.Name == name));

    public Task<string?> DraftTextAsync(Actor actor, string name, CancellationToken ct) => Task.FromResult(DraftText);

    public Task<Outcome<BlueprintComparison>> CompareAsync(Actor actor, string name, int? from, int? to, CancellationToken ct) => Do($"compare {from?.ToString() ?? "draft"} {to?.ToString() ?? "draft"}", Comparison);

    public Task<Outcome<PublishPreview>> PreviewPublishAsync(Actor actor, string name, CancellationToken ct) => Do("preview", Preview);

    public Task<Outcome<BlueprintImpact>> ImpactAsync(Actor actor, string name, int? version, CancellationToken ct) => Do("impact", Impact);

    public Task<Outcome<int>> PublishAsync(Actor actor, string name, string message, int expectedDraft, CancellationToken ct) => Do($"publish draft {expectedDraft}: {message}", Published);

    public Task<Outcome<bool>> MoveAsync(Actor actor, string name, int version, StageMove move, string reason, CancellationToken ct) => Do($"{move.Name} {version} {reason}".TrimEnd(), Moved);

    public Task<Outcome<CompileResult>> RestoreAsync(Actor actor, string name, int version, int expectedDraft, CancellationToken ct) => Do($"restore {version} over draft {expectedDraft}", Drafted);

    public Task<Outcome<CompileResult>> PutDraftAsync(Actor actor, string name, string text, int expectedDraft, CancellationToken ct) => Do($"put over draft {expectedDraft}: {text}", Drafted);

    public Task<ElsaImportResult> ReadWorkflowAsync(Actor actor, string name, ReadOnlyMemory<byte> json, CancellationToken ct) =>
        Task.FromResult(ElsaImport.Read(json, name, Blueprints.Sample.Catalog, _ => null));

    public Task<Outcome<CompileResult>> CreateAsync(Actor actor, string name, string title, CancellationToken ct) => Do($"create {name} '{title}'", Drafted);

    public Task<Outcome<DeriveForm>> GetDeriveFormAsync(Actor actor, string name, IReadOnlyList<string> noOp, CancellationToken ct) => Do($"form {name} {string.Join(',', noOp)}".TrimEnd(), Form);

    public Task<Outcome<CompileResult>> DeriveAsync(Actor actor, string extends, string name, string? title, IReadOnlyList<string> noOp, CancellationToken ct) =>
        Do($"derive {name} from {extends} without {string.Join(',', noOp)}", Drafted);

    public Task<Outcome<SimulationForm>> GetSimulationFormAsync(Actor actor, string name, CancellationToken ct) => Do("simulation form", SimulationForm);

    public Task<Outcome<SimulationResult>> SimulateAsync(Actor actor, string name, SimulationWish wish, CancellationToken ct)
    {
        Wished = wish;
        return Do("simulate", Simulated);
    }

    private Task<Outcome<T>> Do<T>(string deed, Outcome<T> outcome)
    {
        Deeds.Add(deed);
        return Task.FromResult(outcome);
    }
}
