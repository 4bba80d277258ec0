using Fabric.Workflows.Audit;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>
/// Has a cluster that Fabric made in a cloud account install its own agent: a one-time token goes into the account's secret store and the
/// cluster's bootstrap is started. Where there is none, or it does not succeed, a person connects the cluster, and is told why.
/// </summary>
public sealed class AgentBootstrap(Cell cell, ICloudAccess clouds, IAgentManifests manifests, TimeProvider time)
{
    /// <summary>How often a step tries it before it waits for a person.</summary>
    public const int Attempts = 3;

    /// <summary>What a step says that waits for a person; why it must, where that is known, follows.</summary>
    public const string ByHandSentence = "Waits for an agent: connect one on the Agent tab.";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>Starts it, once for each attempt of the step.</summary>
    public async Task<StepResult> StartAsync(StepContext step, CancellationToken ct)
    {
        if (ClusterOf(step) is not { } cluster)
            return ByHand();
        if (manifests.Fault() is { } fault)
            return ByHand(fault.Message);
        var tries = await TriesAsync(step, ct);
        if (tries.Count >= Attempts)
            return ByHand(tries[^1].BootstrapFault ?? $"The cluster's bootstrap was tried {Attempts} times.");
        var (token, row) = EnrollmentTokens.Create(cell.Slug, step.Environment.Tenant, step.Environment.Id, time.GetUtcNow());
        row = row with { OperationKey = step.OperationKey };
        var minted = false;
        // The token must be known before anybody can show it, and there is none where there is no bootstrap.
        var started = await clouds.StartBootstrapAsync(step.Environment, cluster, ManifestAsync, row.Id, ct);
        if (started.Succeeded)
        {
            // The agent may have been quicker: what it wrote stays.
            await cell.Journal.CommitAsync(new JournalBatch().Change(row, row with { BootstrapRun = started.Value }), ct);
            return Waits($"The bootstrap of cluster {cluster} installs the agent ({started.Value}).");
        }

        var refused = started.Faults[0];
        // Nothing is written of a fault that passes: whoever looks finds that it was not started, and starts it.
        if (refused.Kind is FaultKind.Unavailable && Math.Max(tries.Count + 1, step.Step.Attempt) < Attempts)
            return StepResult.Transient(Reasons.AgentMissing, refused.Message);
        // A cluster that never had one needs no explanation.
        var why = refused.Code == CloudFaults.NoBootstrap && tries.Count == 0 ? "" : refused.Message;
        var after = row with { BootstrapFault = why, ExpiresAt = row.CreatedAt };
        await cell.Journal.CommitAsync(minted ? new JournalBatch().Change(row, after) : new JournalBatch().Add(after), ct);
        return ByHand(why);

        async Task<string> ManifestAsync()
        {
            var audit = AuditEvent.Of(Actor.System, row.Tenant, "agent.enroll", $"environment/{row.EnvironmentId}", $"A one-time token for the bootstrap of cluster {cluster}.", row.CreatedAt);
            await cell.Journal.CommitAsync(new JournalBatch().Add(row).Add(audit), ct);
            minted = true;
            return manifests.ForCluster(step.Environment, token);
        }
    }

    /// <summary>How it stands while no agent has come; starts nothing.</summary>
    public async Task<StepResult> LookAsync(StepContext step, CancellationToken ct)
    {
        if (ClusterOf(step) is null)
            return ByHand();
        var tries = await TriesAsync(step, ct);
        if (tries.Count == 0 && manifests.Fault() is { } unready)
            return ByHand(unready.Message);
        if (tries is not [.., { } last] || last is { BootstrapFault: null, BootstrapRun: null })
            return StepResult.NotApplied("The cluster's bootstrap was not started yet.");
        if (last.BootstrapRun is not { } run)
            return ByHand(last.BootstrapFault!);
        var state = await clouds.LookAtBootstrapAsync(step.Environment, run, ct);
        var minutes = EnrollmentTokens.Life.TotalMinutes;
        return (state.Succeeded ? state.Value : null as BootstrapState?, Over: last.ExpiresAt <= time.GetUtcNow()) switch
        {
            (null, true) => ByHand($"Whether the cluster's bootstrap ({run}) installed one is not known, and its token has expired. {state.Faults[0].Message}"),
            (null, false) => Waits($"Waits for the agent that the cluster's bootstrap installs ({run}). {state.Faults[0].Message}"),
            (BootstrapState.Failed, _) => Failed(tries.Count, $"The cluster's bootstrap failed ({run}): its log in the account says why."),
            (BootstrapState.Running, true) => Failed(tries.Count, $"The cluster's bootstrap ({run}) did not end in {minutes:0} minutes, and its token has expired."),
            (BootstrapState.Succeeded, true) => Failed(
                tries.Count, $"The cluster's bootstrap installed an agent ({run}) that did not enrol in {minutes:0} minutes: look at its pod's log, and whether the cluster reaches this server."),
            (BootstrapState.Succeeded, false) => Waits($"The cluster's bootstrap installed the agent ({run}); waits for it to enrol."),
            _ => Waits($"The cluster's bootstrap installs the agent ({run})."),
        };
    }

    /// <summary>Another try while there are some; then a person's turn.</summary>
    private static StepResult Failed(int tries, string sentence) =>
        tries < Attempts ? StepResult.Transient(Reasons.AgentMissing, sentence) : ByHand(sentence);

    /// <summary>The cluster that may have a bootstrap; null where a person connects it in any case.</summary>
    private static string? ClusterOf(StepContext step) =>
        step.Environment.AccountId is not null && (string?)step.Config?["cluster"] is { Length: > 0 } cluster ? cluster : null;

    private static StepResult ByHand(string why = "") => Waits($"{ByHandSentence} {why}".TrimEnd());

    private static StepResult Waits(string sentence) => StepResult.InProgress(LookAgain, sentence, verifying: true, reason: Reasons.AgentMissing);

    private async Task<List<Enrollment>> TriesAsync(StepContext step, CancellationToken ct)
    {
        await using var db = cell.Open(TenantScope.Of(step.Environment.Tenant));
        return await db.Enrollments.Where(row => row.EnvironmentId == step.Environment.Id && row.OperationKey == step.OperationKey).OrderBy(row => row.Id).ToListAsync(ct);
    }
}
