using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>Compares what stands with the state, and keeps what it finds. A change of the workspace goes before it.</summary>
internal sealed class DriftCheck(Workshop shop)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Begins a look, or finds out how it stands.</summary>
    public async Task<StepResult> CheckAsync(StepContext step, CancellationToken ct)
    {
        var lease = await shop.Leases.FindAsync(step, LeaseKind.Check, step.Step.Attempt, ct);
        if (lease is { EndedAt: not null })
            return await AnswerAsync(step, lease, ct);
        if (lease is null)
        {
            if ((await shop.Leases.OpenOfAsync(step.Entity!.Id, ct)).Count > 0)
                return StepResult.Completed(message: "Not checked: a change of it is under way.", drifted: step.Entity.Drifted);
            if (await shop.Workspaces.LastAsync(step, ct) is not { } built)
                return StepResult.Completed(message: "Nothing was ever made of it.");
            if (!built.Succeeded)
                return StepResult.InProgress(Beat, built.Faults[0].Message, reason: built.Faults[0].Code);
            (lease, var instead) = await shop.BeginAsync(step, new LeasedWork(LeaseKind.Check, step.Step.Attempt, built.Value, Script.Plan("-refresh-only")), ct);
            if (lease is null)
                return instead!;
        }

        var attended = await shop.AttendAsync(step, lease, Beat, ct);
        if (!attended.Ended)
            return StepResult.InProgress(TimeSpan.Zero, "Compares what stands with what was deployed.");
        if (attended.Result is not LeaseResult.Succeeded || new WorkDirectory(lease.Directory).Read("plan.json") is not { } json)
        {
            var sentence = string.Join(' ', attended.Progress.Errors.DefaultIfEmpty(attended.Progress.Last).Take(3));
            var stopped = attended.Result is LeaseResult.Killed or LeaseResult.NeverBegan;
            return await AnswerAsync(step, await shop.EndAsync(attended.Lease, stopped ? LeaseResult.Interrupted : LeaseResult.Failed, sentence, ct), ct);
        }

        var found = await FindingsAsync(step, SecretMask.Of(PlanReader.Read(json).Drift, shop.Leases.SecretsOf(lease)), ct);
        var open = found.Count(finding => finding.Now.State is DriftState.Open);
        // A person may have decided on a finding since it was read: that stands unless it was decided on something else.
        object[] rows = [.. found.Select(finding => finding.Before is { } before && before.Fingerprint() == finding.Now.Fingerprint() ? new RowChange(before, finding.Now) : (object)finding.Now)];
        return await AnswerAsync(step, await shop.EndAsync(attended.Lease, LeaseResult.Succeeded, open == 0 ? "As deployed." : $"{open} resources stand otherwise.", ct, rows), ct);
    }

    private async Task<StepResult> AnswerAsync(StepContext step, Lease lease, CancellationToken ct)
    {
        if (lease.Result is LeaseResult.Failed)
            return StepResult.Terminal(Reasons.TerraformFailed, $"Nobody could look: {lease.Outcome}");
        if (lease.Result is not LeaseResult.Succeeded)
            return StepResult.Completed(message: "Not checked: a change of it went first.", drifted: step.Entity!.Drifted);
        var open = await shop.Cell.ReadAsync(
            TenantScope.All, db => db.DriftFindings.Where(f => f.EntityId == lease.EntityId && f.State == DriftState.Open).Select(f => f.Address).ToListAsync(ct));
        return open.Count == 0
            ? StepResult.Completed(message: "As deployed.")
            : StepResult.Completed(message: $"Changed outside: {string.Join(", ", open.Order(StringComparer.Ordinal).Take(5))}.", drifted: true);
    }

    /// <summary>Findings as they are now: new ones, those seen again, and those that a later look finds gone.</summary>
    private Task<List<(DriftFinding? Before, DriftFinding Now)>> FindingsAsync(StepContext step, IReadOnlyList<ResourceChange> drift, CancellationToken ct) => shop.Cell.ReadAsync(TenantScope.All, async db =>
    {
        var now = shop.Time.GetUtcNow();
        var before = await db.DriftFindings.Where(f => f.EntityId == step.Entity!.Id && f.State != DriftState.Gone && f.State != DriftState.Adopted).ToListAsync(ct);
        var mutes = await db.DriftMutes.Where(m => m.EnvironmentId == step.Environment.Id).ToListAsync(ct);
        var seen = drift.Select(change => DriftRules.Heard(change, mutes)).OfType<ResourceChange>().ToList();
        var found = new List<(DriftFinding? Before, DriftFinding Now)>();
        foreach (var change in seen)
        {
            var known = before.FirstOrDefault(f => f.Address == change.Address);
            var again = DriftRules.Found(change, known, now);
            found.Add(again is null ? (null, New(step, change, now)) : (known, again));
        }

        found.AddRange(before.Where(f => seen.All(change => change.Address != f.Address)).Select(f => ((DriftFinding?)f, f with { State = DriftState.Gone, SeenAt = now })));
        return found;
    });

    private static DriftFinding New(StepContext step, ResourceChange change, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Tenant = step.Environment.Tenant,
        EnvironmentId = step.Environment.Id,
        EntityId = step.Entity!.Id,
        Node = step.Step.Node,
        Address = change.Address,
        Type = change.Type,
        Action = change.Action,
        Changes = change.Changes,
        FoundAt = now,
        SeenAt = now,
    };
}
