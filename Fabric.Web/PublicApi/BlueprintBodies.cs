using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>An entity type at a version.</summary>
public sealed record EntityTypeBody(
    string Name, string Version, string Hash, string Title, string Description, string Category, JsonObject Config, JsonObject Outputs, IReadOnlyList<string> On, IReadOnlyList<string> Operations)
{
    internal static EntityTypeBody Of(EntityType type) => new(
        type.Name, type.Version, type.Hash, type.Title, type.Description, type.Category, type.Config, type.Outputs, [.. type.Implementations.Select(implementation => implementation.On)], [.. type.Operations.Keys]);
}

/// <summary>A blueprint's newest version.</summary>
public sealed record BlueprintLineBody(string Name, string Title, string? Description, int Version, string Hash);

/// <summary>Where a blueprint is in its life.</summary>
/// <param name="Name">Slug.</param>
/// <param name="Title">For people.</param>
/// <param name="Newest">The newest usable version; null when there is none.</param>
/// <param name="Last">The version published last; 0 when none was.</param>
/// <param name="Draft">Its draft.</param>
/// <param name="Bases">Bases of the newest version that have moved on since it was published.</param>
public sealed record BlueprintBody(string Name, string Title, int? Newest, int Last, DraftStateBody Draft, IReadOnlyList<BaseNews> Bases)
{
    internal static BlueprintBody Of(BlueprintLife life, Actor caller) => new(
        life.Name, life.Title, life.Newest, life.Last, new DraftStateBody(life.Draft.Version, life.Draft.UpdatedAt, life.Draft.UpdatedBy, life.Draft.UpdatedBy == caller.Name, life.Draft.Differs), life.Bases);
}

/// <summary>A draft without its text.</summary>
/// <param name="Version">Its ETag.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="UpdatedBy">Who changed it last.</param>
/// <param name="Mine">That was the caller.</param>
/// <param name="Differs">It is not the text that was published last.</param>
public sealed record DraftStateBody(int Version, DateTimeOffset UpdatedAt, string UpdatedBy, bool Mine, bool Differs);

/// <summary>A published version in a list.</summary>
public sealed record VersionBody(string Name, int Version, string Hash, DateTimeOffset PublishedAt, string PublishedBy, string Message, VersionStage Stage, string StageReason)
{
    internal static VersionBody Of(BlueprintVersionRecord row) => new(row.Name, row.Version, row.Hash, row.PublishedAt, row.PublishedBy, row.Message, row.Stage, row.StageReason);
}

/// <summary>A version that was published.</summary>
public sealed record PublishedBody(string Name, int Version, string Hash);

/// <summary>What is wrong with a draft that was kept.</summary>
public sealed record DraftBody(bool Valid, IReadOnlyList<DraftFault> Faults)
{
    internal static DraftBody Of(CompileResult compiled) => new(
        compiled.Blueprint is not null,
        [.. compiled.Faults.Select(fault => new DraftFault(fault.Code, fault.File, fault.Line, fault.Column, fault.Message, fault.Node, fault.Field))]);
}

/// <summary>What became of a workflow definition that was imported as a draft.</summary>
/// <param name="Valid">The draft can be published as it is.</param>
/// <param name="Findings">What a person should know about the import; none of them fatal.</param>
/// <param name="Faults">What is wrong with the draft.</param>
public sealed record ImportBody(bool Valid, IReadOnlyList<ImportFinding> Findings, IReadOnlyList<DraftFault> Faults)
{
    internal static ImportBody Of(IReadOnlyList<ElsaFinding> findings, CompileResult compiled)
    {
        var draft = DraftBody.Of(compiled);
        return new ImportBody(draft.Valid, [.. findings.Select(finding => new ImportFinding(finding.Code, finding.Path, finding.Message, finding.Activity))], draft.Faults);
    }
}

/// <summary>A finding of an import. The path leads into the definition.</summary>
public sealed record ImportFinding(string Code, string Path, string Message, string? Activity);

/// <summary>A fault of a draft. Line and column start at 1.</summary>
public sealed record DraftFault(string Code, string File, int Line, int Column, string Message, string? Node, string? Field);
