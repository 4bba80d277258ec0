using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Live;

/// <summary>Where a blueprint is in its life.</summary>
/// <param name="Name">Slug.</param>
/// <param name="Title">Title of the newest version; of a draft without one, its name.</param>
/// <param name="Draft">Its draft.</param>
/// <param name="Newest">The newest usable version; null when there is none.</param>
/// <param name="Last">The version published last, retired or not; 0 when it was never published.</param>
/// <param name="Bases">Bases of the newest version that have moved on since.</param>
public sealed record BlueprintLife(string Name, string Title, DraftLine Draft, int? Newest, int Last, IReadOnlyList<BaseNews> Bases);

/// <summary>A draft without its text.</summary>
/// <param name="Version">Raised by each change.</param>
/// <param name="UpdatedAt">UTC of the last change.</param>
/// <param name="UpdatedBy">Who made it.</param>
/// <param name="Differs">Its text is not the one that was published last.</param>
public sealed record DraftLine(int Version, DateTimeOffset UpdatedAt, string UpdatedBy, bool Differs);

/// <summary>A base that has a newer version than the one a blueprint was published on.</summary>
public sealed record BaseNews(string Name, int PublishedOn, int Newest);

/// <summary>One side of a comparison.</summary>
/// <param name="Version">Number of the version; null for the draft.</param>
/// <param name="Text">Its text.</param>
/// <param name="Nodes">Its drawing; empty when it cannot be compiled.</param>
/// <param name="Faults">What keeps a draft from being published.</param>
public sealed record BlueprintSide(int? Version, string Text, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<Fault> Faults)
{
    /// <summary>What people call it.</summary>
    public string Label => Version is { } number ? $"Version {number}" : "Draft";
}

/// <summary>Two states of a blueprint, side by side.</summary>
/// <param name="From">The older; null when there is nothing older.</param>
/// <param name="To">The newer.</param>
/// <param name="Diff">What is different in meaning; null when a side cannot be compiled.</param>
public sealed record BlueprintComparison(BlueprintSide? From, BlueprintSide To, BlueprintDiff? Diff);

/// <summary>What publishing the draft would come to.</summary>
/// <param name="DraftVersion">The draft that was looked at.</param>
/// <param name="Number">The number it would get.</param>
/// <param name="Comparison">The draft against the version published last.</param>
/// <param name="Unchanged">Publishing would give the same version again.</param>
public sealed record PublishPreview(int DraftVersion, int Number, BlueprintComparison Comparison, bool Unchanged);

/// <summary>What a version or the draft would do to every environment of the blueprint.</summary>
/// <param name="Blueprint">Slug.</param>
/// <param name="Version">The version; for a draft, the number it would get.</param>
/// <param name="Draft">It is the draft.</param>
/// <param name="Environments">By tenant and name.</param>
/// <param name="Unreachable">Cells whose environments are not among them.</param>
public sealed record BlueprintImpact(string Blueprint, int Version, bool Draft, IReadOnlyList<EnvironmentImpact> Environments, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>What it would do to one environment.</summary>
/// <param name="Id">The environment.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cell">Its cell.</param>
/// <param name="Cloud">Where it runs.</param>
/// <param name="State">How it is.</param>
/// <param name="FromVersion">The version it is to be now.</param>
/// <param name="CanUpgrade">It can become this version with the configuration it has.</param>
/// <param name="Reasons">Why it cannot.</param>
/// <param name="Counts">What its entities would meet; all zero when it cannot.</param>
/// <param name="Steps">Nodes to which something would happen.</param>
public sealed record EnvironmentImpact(
    Guid Id, string Tenant, string Name, string Cell, string Cloud, EnvironmentState State, int FromVersion, bool CanUpgrade, IReadOnlyList<ImpactReason> Reasons, ImpactCounts Counts, IReadOnlyList<ImpactStep> Steps);

/// <summary>Why an environment cannot become a version.</summary>
public sealed record ImpactReason(string Code, string Message, string? Field);

/// <summary>Entities by what would happen to them. Later: known only once the steps before are done.</summary>
public sealed record ImpactCounts(int Create, int Update, int Replace, int Delete, int Later, int None)
{
    /// <summary>Counts the entity steps of a plan; those left out count as untouched.</summary>
    public static ImpactCounts Of(IReadOnlyList<Step> steps)
    {
        int Count(PlanAction action) => steps.Count(step => step.Kind is StepKind.Entity && step.Action == action);
        return new ImpactCounts(Count(PlanAction.Create), Count(PlanAction.Update), Count(PlanAction.Replace), Count(PlanAction.Delete), Count(PlanAction.KnownAfterApply), Count(PlanAction.None));
    }
}

/// <summary>What would happen to one node.</summary>
public sealed record ImpactStep(string Node, PlanAction Action);

/// <summary>What leaving nodes of a base out would cost.</summary>
/// <param name="Base">The base.</param>
/// <param name="Version">Its version that would be taken; 0 for a draft.</param>
/// <param name="Nodes">Its entities, in order.</param>
/// <param name="Adopt">Outputs that have to be given, as <c>node.output</c>, with who needs each.</param>
/// <param name="Held">Steps that would be left out.</param>
public sealed record DeriveForm(string Base, int Version, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<AdoptedOutput> Adopt, IReadOnlyList<string> Held);

/// <summary>An output somebody has to give.</summary>
public sealed record AdoptedOutput(string Node, string Output, IReadOnlyList<string> NeededBy);
