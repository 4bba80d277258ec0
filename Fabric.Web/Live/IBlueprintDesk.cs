using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Live;

/// <summary>
/// What pages and the API ask about the life of blueprints, beside <see cref="IDesk"/>: drafts, publishing, versions, derivation. The
/// vendor's alone: to anybody else there is nothing, and changes are forbidden. A seam: pages are tested with a fed one.
/// </summary>
public interface IBlueprintDesk
{
    /// <summary>Every blueprint, drafts that were never published among them, by name.</summary>
    Task<IReadOnlyList<BlueprintLife>> ListAsync(Actor actor, CancellationToken ct);

    /// <summary>One blueprint; null when there is none.</summary>
    Task<BlueprintLife?> GetAsync(Actor actor, string name, CancellationToken ct);

    /// <summary>The text of the draft; null when there is none.</summary>
    Task<string?> DraftTextAsync(Actor actor, string name, CancellationToken ct);

    /// <summary>Two states side by side.</summary>
    /// <param name="from">A version; null for the draft.</param>
    /// <param name="to">A version; null for the draft.</param>
    Task<Outcome<BlueprintComparison>> CompareAsync(Actor actor, string name, int? from, int? to, CancellationToken ct);

    /// <summary>What publishing would come to.</summary>
    Task<Outcome<PublishPreview>> PreviewPublishAsync(Actor actor, string name, CancellationToken ct);

    /// <summary>What a version would do to the environments of the blueprint; the draft when none is named.</summary>
    Task<Outcome<BlueprintImpact>> ImpactAsync(Actor actor, string name, int? version, CancellationToken ct);

    /// <summary>Publishes the draft that was looked at.</summary>
    Task<Outcome<int>> PublishAsync(Actor actor, string name, string message, int expectedDraft, CancellationToken ct);

    /// <summary>Deprecates, retires or reinstates a version.</summary>
    Task<Outcome<bool>> MoveAsync(Actor actor, string name, int version, StageMove move, string reason, CancellationToken ct);

    /// <summary>Makes a version's text the draft.</summary>
    /// <param name="expectedDraft">The draft's version that was looked at.</param>
    Task<Outcome<CompileResult>> RestoreAsync(Actor actor, string name, int version, int expectedDraft, CancellationToken ct);

    /// <summary>Keeps a text as the draft.</summary>
    /// <param name="expectedDraft">The draft's version that was looked at; 0 for a new blueprint.</param>
    Task<Outcome<CompileResult>> PutDraftAsync(Actor actor, string name, string text, int expectedDraft, CancellationToken ct);

    /// <summary>Reads an Elsa 3 workflow definition as the text of a blueprint; nothing is changed.</summary>
    Task<ElsaImportResult> ReadWorkflowAsync(Actor actor, string name, ReadOnlyMemory<byte> json, CancellationToken ct);

    /// <summary>Makes an empty draft.</summary>
    Task<Outcome<CompileResult>> CreateAsync(Actor actor, string name, string title, CancellationToken ct);

    /// <summary>What a derived blueprint could leave out, and what that costs.</summary>
    Task<Outcome<DeriveForm>> GetDeriveFormAsync(Actor actor, string name, IReadOnlyList<string> noOp, CancellationToken ct);

    /// <summary>Makes a draft that extends a blueprint.</summary>
    Task<Outcome<CompileResult>> DeriveAsync(Actor actor, string extends, string name, string? title, IReadOnlyList<string> noOp, CancellationToken ct);

    /// <summary>What can be chosen before the draft is played through.</summary>
    Task<Outcome<SimulationForm>> GetSimulationFormAsync(Actor actor, string name, CancellationToken ct);

    /// <summary>Plays the draft through on the sandbox cloud. Nothing is stored, and no environment is touched.</summary>
    Task<Outcome<SimulationResult>> SimulateAsync(Actor actor, string name, SimulationWish wish, CancellationToken ct);
}
