using System.Text.Json.Nodes;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Fabric.Web.PublicApi;

/// <summary>Blueprints as Elsa 3 workflow definitions. An import is a draft like any other: it is published by a person.</summary>
internal static class ElsaApi
{
    /// <summary>The one format that blueprints are exchanged in.</summary>
    public const string Format = "elsa3";

    public static void Map(RouteGroupBuilder blueprints) =>
        blueprints.MapPost("/{name}/import", ImportAsync).WithName("ImportBlueprint")
            .WithSummary("Imports an Elsa 3 workflow definition, at most 5 MiB, as the draft. Over an existing blueprint it needs If-Match with the draft's version, or overwrite=true. What is fatal is listed, and nothing is changed.")
            .WithMetadata(new RequestSizeLimitAttribute(ElsaImport.LargestFile)).AtRevision().Accepts<JsonObject>("application/json").Produces<ImportBody>();

    public static IResult Export(BlueprintVersionRecord version) => TypedResults.Text(ElsaExport.Write(CompiledBlueprint.FromJson(version.Json), version.Yaml), "application/json");

    public static IResult UnknownFormat(string? format) => Problems.Invalid("format", $"format is '{format}'; blueprints are exchanged as {Format}.");

    private static async Task<IResult> ImportAsync(
        string name, HttpContext context, BlueprintLibrary library, KeptAnswers kept, CancellationToken ct, string? format = null, bool overwrite = false)
    {
        var actor = context.Actor();
        if (!Rights.Has(actor.Role, Right.Design))
            return Problems.Of([new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not change blueprints.")]);
        if (format is not Format)
            return UnknownFormat(format);
        if (!Fabric.Workflows.Tenancy.Slug.IsValid(name))
            return Problems.Invalid("name", $"'{name}' is no blueprint name: {Fabric.Workflows.Tenancy.Slug.Rule}.");
        var draft = await library.DraftAsync(name, ct);
        if (draft is not null && !overwrite && context.Request.Headers.IfMatch.Count == 0)
            return Problems.Of([new OperationFault(FaultKind.Conflict, "DraftExists", $"There is a blueprint {name} already: send If-Match: \"{draft.DraftVersion}\" to import over its draft as it stands, or overwrite=true. Published versions stay as they are.", "If-Match")]);
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, ct);
        var texts = await library.TextsAsync(ct);
        var read = ElsaImport.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), name, library.Catalog, other => texts.GetValueOrDefault(other));
        if (read.Text is not { } yaml)
            return Problems.Of([Refused(read.Findings), .. read.Findings.Select(finding => new OperationFault(FaultKind.Invalid, finding.Code, finding.Message, finding.Path))]);
        // A draft that appeared meanwhile was not looked at by whoever imports.
        var expected = context.ExpectedRevision() ?? (draft is null && !overwrite ? 0 : null);
        return (await library.PutDraftAsync(actor, name, yaml, expected, ct, compiled => kept.Rows(actor, Answers.Imported(read.Findings, compiled)))).Or(compiled => Answers.Imported(read.Findings, compiled));
    }

    private static OperationFault Refused(IReadOnlyList<ElsaFinding> findings) =>
        new(FaultKind.Invalid, "NotImported", $"The workflow was not imported and nothing was changed: {findings.Count(finding => finding.Fatal)} of the findings below must be mended first.");
}
