using Fabric.Workflows.Audit;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints;

/// <summary>Drafts and published versions in the directory. A version is immutable: what is published is the text, compiled, with its pins.</summary>
public sealed class BlueprintLibrary(DirectoryStore directory, EntityCatalog catalog, DraftFeed feed, TimeProvider time)
{
    /// <summary>What undo calls a text that was written as a whole.</summary>
    private const string Whole = "Replace the text";

    private readonly BlueprintCompiler compiler = new(catalog);

    /// <summary>The catalog that drafts are checked against.</summary>
    public EntityCatalog Catalog => catalog;

    /// <summary>The newest usable version of every blueprint: published before deprecated, never a retired one.</summary>
    public async Task<IReadOnlyList<CompiledBlueprint>> NewestAsync(CancellationToken ct) => [.. (await NewestRowsAsync(ct)).Select(row => CompiledBlueprint.FromJson(row.Json))];

    /// <summary>The same with what was said when they were published, by name.</summary>
    public async Task<IReadOnlyList<BlueprintVersionRecord>> NewestRowsAsync(CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        var newest = await db.BlueprintVersions.Newest().ToListAsync(ct);
        return [.. newest.OrderBy(row => row.Name, StringComparer.Ordinal)];
    }

    /// <summary>Every published version, by name and newest first; of one blueprint, when it is named.</summary>
    public async Task<IReadOnlyList<BlueprintVersionRecord>> VersionsAsync(string? name, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.BlueprintVersions.Where(v => name == null || v.Name == name).OrderBy(v => v.Name).ThenByDescending(v => v.Version).ToListAsync(ct);
    }

    /// <summary>A published version, whatever its stage; the newest usable one when <paramref name="version"/> is null; null when there is none.</summary>
    public async Task<BlueprintVersionRecord?> VersionAsync(string name, int? version, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        var versions = db.BlueprintVersions.Where(v => v.Name == name);
        return await (version is { } number ? versions.Where(v => v.Version == number) : versions.Newest()).SingleOrDefaultAsync(ct);
    }

    /// <summary>The version that was published last, retired or not; null when none was.</summary>
    public async Task<BlueprintVersionRecord?> LastAsync(string name, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.BlueprintVersions.Where(v => v.Name == name).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
    }

    /// <summary>Every draft, by name.</summary>
    public async Task<IReadOnlyList<BlueprintRecord>> DraftsAsync(CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.Blueprints.OrderBy(b => b.Name).ToListAsync(ct);
    }

    /// <summary>The draft of a blueprint; null when there is none.</summary>
    public async Task<BlueprintRecord?> DraftAsync(string name, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.Blueprints.SingleOrDefaultAsync(b => b.Name == name, ct);
    }

    /// <summary>Everything wrong with a text, as it would be said on publishing. Bases are taken as <see cref="BaseTexts"/> says.</summary>
    public async Task<CompileResult> CompileAsync(string name, string yaml, int version, CancellationToken ct)
    {
        var bases = await BaseTexts.ReadAsync(directory, ct);
        var result = Compile(name, yaml, bases.Find, version);
        return result.Blueprint is { } blueprint && bases.Used.Count > 0 ? result with { Blueprint = blueprint with { Bases = bases.Used } } : result;
    }

    /// <summary>The same, with the texts that it may extend at hand.</summary>
    public CompileResult Compile(string name, string yaml, IReadOnlyDictionary<string, string> texts, int version = 0) => Compile(name, yaml, texts.GetValueOrDefault, version);

    /// <summary>Name to text of what a blueprint can extend, as <see cref="BaseTexts"/> says.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync(CancellationToken ct) => (await BaseTexts.ReadAsync(directory, ct)).Texts;

    /// <summary>Keeps a draft as it is written, faults and all; they are listed.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="name">Blueprint name, a slug.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="expected">The draft's version that was read; null to not care.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was done.</param>
    public async Task<Outcome<CompileResult>> PutDraftAsync(
        Actor actor, string name, string yaml, int? expected, CancellationToken ct, Func<CompileResult, IReadOnlyList<object>>? alongside = null)
    {
        if (!Rights.Has(actor.Role, Right.Design))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not change blueprints.");
        if (!Tenancy.Slug.IsValid(name))
            return new OperationFault(FaultKind.Invalid, "BadName", $"'{name}' is no blueprint name: {Tenancy.Slug.Rule}.", "name");
        var compiled = await CompileAsync(name, yaml, 0, ct);
        OperationFault? stale = null;
        DraftNews? news = null;
        await directory.WriteAsync(
            async db =>
            {
                var before = await db.Blueprints.AsNoTracking().SingleOrDefaultAsync(b => b.Name == name, ct);
                if (expected is { } seen && seen != (before?.DraftVersion ?? 0))
                {
                    stale = new OperationFault(FaultKind.PreconditionFailed, "DraftChanged", $"The draft of {name} is at {before?.DraftVersion ?? 0}, not {seen}: read it again.");
                    return [];
                }

                var draft = await DraftSteps.WriteAsync(db, before, name, new DraftWrite(yaml, expected, Whole), actor.Name, time.GetUtcNow(), ct);
                news = new DraftNews(name, draft.DraftVersion, actor.Name, Whole);
                db.AddRange(alongside?.Invoke(compiled) ?? []);
                return [Event(actor, "blueprint.draft", name, $"Draft of {name} written.")];
            },
            ct);
        if (stale is { } fault)
            return fault;
        if (news is not null)
            feed.Tell(news);
        return compiled;
    }

    /// <summary>Publishes the draft as the next version.</summary>
    /// <param name="actor">Who publishes.</param>
    /// <param name="name">Blueprint name.</param>
    /// <param name="message">Why, in the publisher's words.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was done.</param>
    /// <param name="expected">The draft's version that was looked at; null to not care.</param>
    public async Task<Outcome<CompiledBlueprint>> PublishAsync(
        Actor actor, string name, string message, CancellationToken ct, Func<CompiledBlueprint, IReadOnlyList<object>>? alongside = null, int? expected = null)
    {
        if (!Rights.Has(actor.Role, Right.Administer))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not publish blueprints.");
        if (await DraftAsync(name, ct) is not { } draft)
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no blueprint {name}.");
        if (expected is { } seen && seen != draft.DraftVersion)
            return new OperationFault(FaultKind.PreconditionFailed, "DraftChanged", $"{draft.UpdatedBy} changed the draft of {name} in the meantime: it is at {draft.DraftVersion}, not {seen}. Nothing was published; look at it again.");
        var number = (await LastAsync(name, ct))?.Version + 1 ?? 1;
        var compiled = await CompileAsync(name, draft.Draft, number, ct);
        if (compiled.Blueprint is not { } blueprint)
            return compiled.Faults.Select(fault => new OperationFault(FaultKind.Invalid, fault.Code, fault.ToString(), fault.Field)).ToArray();
        if (blueprint.Bases?.FirstOrDefault(used => used.Version == 0) is { } half)
            return new OperationFault(FaultKind.Invalid, "BaseNotPublished", $"{name} extends {half.Name}, which was never published. Publish {half.Name} first.", "extends");
        foreach (var used in blueprint.Bases ?? [])
        {
            if (await VersionAsync(used.Name, used.Version, ct) is { Stage: VersionStage.Retired })
                return new OperationFault(FaultKind.Invalid, "BaseRetired", $"{name} extends {used.Name}, whose versions are all retired. Publish {used.Name} again, or extend another blueprint.", "extends");
        }

        var row = new BlueprintVersionRecord
        {
            Name = name,
            Version = number,
            Yaml = draft.Draft,
            Json = blueprint.ToJson(),
            Hash = blueprint.Hash,
            Message = message,
            PublishedAt = time.GetUtcNow(),
            PublishedBy = actor.Name,
        };
        try
        {
            await directory.WriteAsync(
                db =>
                {
                    db.Add(row);
                    db.AddRange(alongside?.Invoke(blueprint) ?? []);
                    return Task.CompletedTask;
                },
                [Event(actor, "blueprint.publish", name, $"{name} version {number} published. {message}".TrimEnd())],
                ct);
        }
        catch (RowConflictException)
        {
            return new OperationFault(FaultKind.Conflict, "VersionTaken", $"Someone else published version {number} of {name} at the same moment: look at it, then publish again.");
        }

        feed.Tell(new DraftNews(name, draft.DraftVersion, actor.Name, $"Publish version {number}"));
        return blueprint;
    }

    /// <summary>Publishes the blueprints of a folder whose text was never a version yet: what people published over it stays the newest.</summary>
    /// <returns>Faults of the folder; what has none is published.</returns>
    public async Task<IReadOnlyList<string>> PublishFolderAsync(string folder, CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var (name, text) in BasesFirst.Order(BlueprintFolder.Load(folder, compiler).Texts))
        {
            if (await IsKnownAsync(name, text, ct))
                continue;
            if (await DraftAsync(name, ct) is { } draft && draft.Draft != (await LastAsync(name, ct))?.Yaml)
            {
                faults.Add($"{name}: somebody works on its draft, so the text of the folder was not taken. Publish the draft or put it back, then start again.");
                continue;
            }

            var put = await PutDraftAsync(Actor.System, name, text, null, ct);
            var published = put.Succeeded ? await PublishAsync(Actor.System, name, "Built in.", ct) : put.Cast<CompiledBlueprint>();
            faults.AddRange(published.Faults.Select(fault => fault.Message));
        }

        return faults;
    }

    private async Task<bool> IsKnownAsync(string name, string text, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        return await db.BlueprintVersions.AnyAsync(version => version.Name == name && version.Yaml == text, ct);
    }

    private CompileResult Compile(string name, string yaml, Func<string, string?> baseText, int version)
    {
        var result = compiler.Compile(yaml, $"{name}.yaml", version, baseText);
        return result.Blueprint is { } blueprint && blueprint.Name != name ? new CompileResult(null, [Misnamed(name, blueprint.Name)]) : result;
    }

    private static Fault Misnamed(string name, string written) => new(
        FaultCodes.WrongName, $"{name}.yaml", 0, 0, $"The text calls itself '{written}', and this is the blueprint '{name}'. Write 'name: {name}' under metadata, or keep the text as '{written}'.", Field: "name");

    private AuditEvent Event(Actor actor, string action, string name, string message) =>
        AuditEvent.Of(actor, Actor.VendorTenant, action, $"blueprint/{name}", message, time.GetUtcNow());
}
