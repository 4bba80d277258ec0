using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>
/// Carries decisions on findings out. A run that a decision needs is asked for first: should the server end between the two commits, the
/// next look settles the finding, and nothing claims a run that nobody asked for.
/// </summary>
internal sealed class DriftDecisions(FabricStorage storage, EnvironmentFinder finder, EnvironmentChanges changes, DriftReads reads, KeptAnswers kept, TimeProvider time)
{
    public async Task<Outcome<ChangeAccepted>> RevertAsync(Actor actor, Guid environmentId, Guid findingId, CancellationToken ct)
    {
        var found = await FindAsync(actor, Right.Change, environmentId, findingId, ct);
        if (!found.Succeeded)
            return found.Cast<ChangeAccepted>();
        var (cell, environment, finding) = found.Value;
        var decided = RevertDrift.Decide(finding, actor);
        if (!decided.Succeeded)
            return decided.Cast<ChangeAccepted>();
        var started = await changes.AskAsync(actor, environmentId, new StartRun(actor, RunKind.Apply, Why: RevertDrift.Why(finding)), ct);
        if (!started.Succeeded)
            return started.Cast<ChangeAccepted>();
        await WriteAsync(cell, actor, environment, "drift.revert", $"Run {started.Value.Run.Number} brings {finding.Address} of {environment.Name} back to what was deployed.", [(finding, decided.Value)], []);
        return new ChangeAccepted(environmentId, started.Value.Run.Id, 0);
    }

    public async Task<Outcome<ChangeAccepted>> AdoptAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, CancellationToken ct)
    {
        var found = await FindAsync(actor, Right.Change, environmentId, findingId, ct);
        if (!found.Succeeded)
            return found.Cast<ChangeAccepted>();
        var (cell, environment, finding) = found.Value;
        var adoption = (await reads.AdoptionsAsync(cell, environment, [finding], ct))[findingId];
        var decided = AdoptDrift.Decide(finding, fingerprint, adoption, actor);
        if (!decided.Succeeded)
            return decided.Cast<ChangeAccepted>();
        var proposal = await changes.ProposeAsync(actor, environmentId, adoption.Patch, null, ct);
        var changed = await changes.ChangeAsync(actor, proposal, AdoptDrift.Why(finding), environment.Revision, ct, environment.Generation);
        if (!changed.Succeeded)
            return changed;
        await WriteAsync(cell, actor, environment, "drift.adopt", $"What stands at {finding.Address} of {environment.Name} is its configuration, as revision {changed.Value.Revision}.", [(finding, decided.Value)], []);
        return changed;
    }

    public async Task<Outcome<DriftFinding>> IgnoreAsync(Actor actor, Guid environmentId, Guid findingId, string? fingerprint, DateTimeOffset until, string reason, CancellationToken ct)
    {
        var found = await FindAsync(actor, Right.Operate, environmentId, findingId, ct);
        if (!found.Succeeded)
            return found.Cast<DriftFinding>();
        var (cell, environment, finding) = found.Value;
        var decided = IgnoreDrift.Decide(finding, fingerprint, actor, until.ToUniversalTime(), reason, time.GetUtcNow());
        if (!decided.Succeeded)
            return decided;
        await WriteAsync(
            cell, actor, environment, "drift.ignore", $"The difference of {finding.Address} of {environment.Name} is ignored until {decided.Value.Until:yyyy-MM-dd HH:mm} UTC: {decided.Value.Reason}",
            [(finding, decided.Value)], kept.Rows(actor, Answers.Ignored(decided.Value)));
        return decided;
    }

    public async Task<Outcome<DriftMute>> MuteAsync(Actor actor, Guid environmentId, Guid findingId, string path, string reason, CancellationToken ct)
    {
        var found = await FindAsync(actor, Right.Operate, environmentId, findingId, ct);
        if (!found.Succeeded)
            return found.Cast<DriftMute>();
        var (cell, environment, finding) = found.Value;
        var all = await DriftReads.FindingsAsync(cell, actor, environmentId, f => f.State != DriftState.Gone, ct);
        var decided = MuteDrift.Decide(finding, all, actor, path, reason, time.GetUtcNow());
        if (!decided.Succeeded)
            return decided.Cast<DriftMute>();
        var mute = decided.Value.Mute;
        await WriteAsync(
            cell, actor, environment, "drift.mute", $"{mute.Path} of every {mute.Type} of {environment.Name} may differ from now on: {mute.Reason}",
            decided.Value.Findings, [mute, .. kept.Rows(actor, Answers.Muted(mute))]);
        return mute;
    }

    public async Task<Outcome<DriftMute>> UnmuteAsync(Actor actor, Guid environmentId, Guid muteId, CancellationToken ct)
    {
        var found = await PlaceAsync(actor, Right.Operate, environmentId, ct);
        if (!found.Succeeded)
            return found.Cast<DriftMute>();
        var (cell, environment) = found.Value;
        if (await cell.ReadAsync(actor.Scope, db => db.DriftMutes.SingleOrDefaultAsync(m => m.Id == muteId && m.EnvironmentId == environmentId, ct)) is not { } mute)
            return Guard.NotFound("mute", muteId.ToString());
        await WriteAsync(cell, actor, environment, "drift.unmute", $"A difference in {mute.Path} of any {mute.Type} of {environment.Name} is told again.", [], kept.Rows(actor, Answers.Nothing), mute);
        return mute;
    }

    /// <summary>Findings, what is new beside them or goes, and the audit event become durable together.</summary>
    private Task WriteAsync(
        Cell cell, Actor actor, FabricEnvironment environment, string action, string sentence, IReadOnlyList<(DriftFinding Before, DriftFinding After)> findings, IReadOnlyList<object> added, DriftMute? gone = null)
    {
        var batch = new JournalBatch();
        foreach (var (before, after) in findings)
            batch.Change(before, after);
        foreach (var row in added)
            batch.Add(row);
        if (gone is not null)
            batch.Remove(gone);
        // What was decided is written though whoever asked has gone.
        return cell.Journal.CommitAsync(batch.Add(AuditEvent.Of(actor, environment.Tenant, action, $"environment/{environment.Id}", sentence, time.GetUtcNow())), CancellationToken.None);
    }

    private async Task<Outcome<(Cell Cell, FabricEnvironment Environment, DriftFinding Finding)>> FindAsync(Actor actor, Right right, Guid environmentId, Guid findingId, CancellationToken ct)
    {
        var place = await PlaceAsync(actor, right, environmentId, ct);
        if (!place.Succeeded)
            return place.Cast<(Cell Cell, FabricEnvironment Environment, DriftFinding Finding)>();
        var (cell, environment) = place.Value;
        return await DriftReads.FindingsAsync(cell, actor, environmentId, f => f.Id == findingId, ct) is [var finding] ? (cell, environment, finding) : Guard.NotFound("finding", findingId.ToString());
    }

    private async Task<Outcome<(Cell Cell, FabricEnvironment Environment)>> PlaceAsync(Actor actor, Right right, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return Guard.NotFound("environment", environmentId.ToString());
        var cell = storage.Cells.Get(slug);
        if (await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct)) is not { } environment)
            return Guard.NotFound("environment", environmentId.ToString());
        return Guard.Right(actor, right, environment) is { } forbidden ? forbidden : (cell, environment);
    }
}
