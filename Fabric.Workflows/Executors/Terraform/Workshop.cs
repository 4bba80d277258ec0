using System.Collections.Concurrent;
using System.Globalization;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>What Terraform's work in one cell shares, and the life of a lease: begin, attend, end.</summary>
public sealed class Workshop
{
    private readonly TerraformOptions options;
    private readonly string root;
    private readonly Places places;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> opening = new();
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> settling = new();
    private bool isSwept;

    /// <summary>Shares a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How Terraform is run.</param>
    /// <param name="root">Folder for workspaces and providers.</param>
    /// <param name="stateAddress">The stable address of a workspace's state; null while the server does not listen yet.</param>
    /// <param name="places">Bounds what runs at once; of every cell of the server together.</param>
    /// <param name="clouds">Signs in to accounts.</param>
    /// <param name="time">The clock.</param>
    public Workshop(Cell cell, TerraformOptions options, string root, Func<Guid, string?> stateAddress, Places places, ICloudAccess clouds, TimeProvider time)
    {
        (Cell, this.options, this.root, this.places, Clouds, this.time) = (cell, options, root, places, clouds, time);
        (Leases, States, Plans, Processes) = (new LeaseBook(cell, time), new StateBook(cell, time), new PlanBook(cell), new ProcessHost(options, time));
        Workspaces = new Workspaces(cell, Plans, options, stateAddress, time);
    }

    /// <summary>The cell.</summary>
    public Cell Cell { get; }

    /// <summary>Its leases.</summary>
    public LeaseBook Leases { get; }

    /// <summary>Its states.</summary>
    public StateBook States { get; }

    /// <summary>Its plans.</summary>
    public PlanBook Plans { get; }

    /// <summary>Puts workspaces together.</summary>
    public Workspaces Workspaces { get; }

    /// <summary>Signs in to accounts.</summary>
    public ICloudAccess Clouds { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>What rules allow in an environment.</summary>
    public async Task<PolicyBounds> BoundsAsync(FabricEnvironment environment, CancellationToken ct)
    {
        var account = environment.AccountId is { } id ? await Cell.ReadAsync(TenantScope.Of(environment.Tenant), db => db.CloudAccounts.SingleOrDefaultAsync(a => a.Id == id, ct)) : null;
        return new PolicyBounds(options.MostDeletes, options.PublicExposure, account?.Regions ?? []);
    }

    /// <summary>How long what was asked to stop, and is over, may take until it is killed.</summary>
    internal TimeSpan StopsWithin => TimeSpan.FromMinutes(options.StopMinutes);

    /// <summary>Whoever sees a process of a workspace end settles it alone.</summary>
    internal SemaphoreSlim SettlingOf(Guid entityId) => settling.GetOrAdd(entityId, _ => new SemaphoreSlim(1));

    internal ProcessHost Processes { get; }

    /// <summary>Begins a piece of work: takes a place, opens the lease in a commit, then starts the process.</summary>
    /// <param name="step">The step it is for.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="ct">Stops before the lease is open.</param>
    /// <returns>The lease; or a result that says why it did not begin.</returns>
    internal async Task<(Lease? Lease, StepResult? Instead)> BeginAsync(StepContext step, LeasedWork work, CancellationToken ct)
    {
        var program = await TerraformProgram.FindAsync(options, ct);
        if (!program.Succeeded)
            return (null, StepResult.Terminal(Reasons.TerraformMissing, program.Faults[0].Message));
        await SweepAsync(ct);
        // What looks after a killed apply works in that one's place, which is held until the look is over.
        var place = Guid.CreateVersion7(time.GetUtcNow());
        if (places.Take(PlaceOf(step, place, work.Kind, () => true), anyway: work.Kind is LeaseKind.Recover) is { } waits)
            return (null, StepResult.InProgress(TimeSpan.FromSeconds(1), waits, reason: Reasons.WaitsForPlace));
        try
        {
            return await BeginInPlaceAsync(step, work, program.Value, ct);
        }
        finally
        {
            // What began holds a place under its own name from here on.
            places.Release(place);
        }
    }

    private Place PlaceOf(StepContext step, Guid lease, LeaseKind kind, Func<bool> lives) => new(
        lease, Cell.Slug, step.Environment.AccountId, step.Environment.Tenant, step.Entity!.Id, $"{step.Environment.Name}/{step.Step.Node}", kind is LeaseKind.Check, lives);

    private async Task<(Lease? Lease, StepResult? Instead)> BeginInPlaceAsync(StepContext step, LeasedWork work, TerraformProgram program, CancellationToken ct)
    {
        CloudSession? session = null;
        if (step.Environment.AccountId is not null)
        {
            var opened = await Clouds.OpenAsync(step.Environment, $"fabric-{step.Step.Node}", ct);
            if (!opened.Succeeded)
                return (null, StepResult.Transient(Reasons.AccountUnusable, opened.Faults[0].Message));
            session = opened.Value;
        }

        var directory = new WorkDirectory(Path.Combine(root, Cell.Slug, step.Entity!.Id.ToString("N"), Guid.CreateVersion7(time.GetUtcNow()).ToString("N")));
        var (lease, token) = Leases.Make(step, work.Kind, work.Attempt, directory.Path, session, [.. work.Built.Secrets, .. session?.Secrets ?? []]);
        lease = lease with { PlanId = work.Plan?.Id, EmptiesState = work.MayEmpty };
        if (await OpenAsync(step, lease, work, directory, ct) is { } instead)
            return (null, instead);
        places.Take(PlaceOf(step, lease.Id, lease.Kind, () => Processes.IsAlive(directory)), anyway: true);
        var variables = new Dictionary<string, string>(session?.Variables ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            ["TF_HTTP_USERNAME"] = lease.Id.ToString(),
            ["TF_HTTP_PASSWORD"] = token,
            ["TF_HTTP_RETRY_MAX"] = options.StateRetries.ToString(CultureInfo.InvariantCulture),
            ["TF_HTTP_RETRY_WAIT_MIN"] = "1",
            ["TF_HTTP_RETRY_WAIT_MAX"] = "15",
        };
        Processes.Start(directory, program.Path, Cache(), variables);
        return (lease, null);
    }

    /// <summary>Once, and before this server writes any directory of its own.</summary>
    private async Task SweepAsync(CancellationToken ct)
    {
        var gate = opening.GetOrAdd(Guid.Empty, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        try
        {
            if (!isSwept)
                await new Sweep(Leases, Processes).RunAsync(Path.Combine(root, Cell.Slug));
            isSwept = true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Writes the files, then the lease, and neither without the other. One at a time of a workspace: a look and a change may both have found it free.</summary>
    private async Task<StepResult?> OpenAsync(StepContext step, Lease lease, LeasedWork work, WorkDirectory directory, CancellationToken ct)
    {
        var gate = opening.GetOrAdd(lease.EntityId, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        try
        {
            // What looks after a killed apply works beside that one's lease.
            if (work.Kind is not LeaseKind.Recover && (await Leases.OpenOfAsync(lease.EntityId, ct)).Count > 0)
                return StepResult.InProgress(TimeSpan.FromSeconds(2), $"Waits: other work on {lease.Node} has just begun.", reason: Reasons.WorkspaceBusy);
            directory.Create(work.Built.Files.With(Script.FileName, Workspace.Text(work.Script)));
            if (work.Plan is { } kept)
                directory.TakeUp(kept.InputsHash);
            await Leases.OpenAsync(step, lease, work.Plan is { } plan ? [(plan, Plans.Used(plan, work.Built.Files, lease.Id)), .. await Plans.OutdatedAsync(plan, ct)] : [], ct);
            return null;
        }
        catch
        {
            directory.Remove();
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Watches a lease's process for a while: takes its new lines in, renews its token.</summary>
    /// <param name="step">A step on the lease's workspace.</param>
    /// <param name="lease">The lease as it stands.</param>
    /// <param name="longest">How long to watch.</param>
    /// <param name="ct">Stops watching; the process goes on.</param>
    internal async Task<Attended> AttendAsync(StepContext step, Lease lease, TimeSpan longest, CancellationToken ct)
    {
        var directory = new WorkDirectory(lease.Directory);
        places.Take(PlaceOf(step, lease.Id, lease.Kind, () => Processes.IsAlive(directory)), anyway: true);
        var ended = await Processes.WaitAsync(directory, longest, ct);
        do
            lease = await TakeLinesAsync(lease, directory, ended, ct);
        while (ended && LogTail.LengthOf(directory.Log) > lease.LogBytes);
        return new Attended(lease, ProgressOf(directory, new Redactor(Leases.SecretsOf(lease))), ended, directory.ExitCode);
    }

    /// <summary>Takes new lines of a lease's log in, and renews its token, in one commit.</summary>
    private async Task<Lease> TakeLinesAsync(Lease lease, WorkDirectory directory, bool ended, CancellationToken ct)
    {
        var redactor = new Redactor(Leases.SecretsOf(lease));
        var (lines, next) = LogTail.Read(directory.Log, lease.LogBytes, ended);
        var text = string.Concat(lines.Select(line => LogEvent.Read(line).Text).Where(line => line.Length > 0).Select(line => redactor.Clean(line) + "\n"));
        var now = time.GetUtcNow();
        var renewed = lease with { LogBytes = next, ExpiresAt = !ended && lease.ExpiresAt - now < LeaseBook.Term / 2 ? now + LeaseBook.Term : lease.ExpiresAt };
        return renewed == lease ? lease : await Leases.WriteAsync(lease, renewed, text.Length > 0 ? [LogOf(lease, text)] : [], ct);
    }

    /// <summary>Ends a lease whose process has ended: its lock and place are given back, its directory goes last.</summary>
    internal async Task<Lease> EndAsync(Lease lease, LeaseResult result, string outcome, CancellationToken ct, params object[] rows)
    {
        await States.ReleaseAsync(lease, ct);
        var ended = await Leases.EndAsync(lease, result, outcome, ct, rows);
        places.Release(lease.Id);
        new WorkDirectory(lease.Directory).Remove();
        return ended;
    }

    /// <summary>
    /// Asks the process of a lease to stop at a safe point, and remembers that it was asked: a second word would make Terraform stop at once
    /// and write nothing. The script looks for what is remembered before each of its commands, so a word that comes between two is heard too.
    /// </summary>
    internal void Interrupt(Lease lease)
    {
        var directory = new WorkDirectory(lease.Directory);
        try
        {
            new FileStream(directory.File(Attended.CancelFile), FileMode.CreateNew).Dispose();
            Processes.Interrupt(directory);
        }
        catch (IOException) when (!directory.Exists || File.Exists(directory.File(Attended.CancelFile)))
        {
            // It was asked before, or it has ended and its directory is gone.
        }
    }

    /// <summary>A line of a step's log in Fabric's own words.</summary>
    internal StepLog LogOf(Lease lease, string text) => new()
    {
        RunId = lease.RunId,
        Node = lease.Node,
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Tenant = lease.Tenant,
        EnvironmentId = lease.EnvironmentId,
        Attempt = lease.Attempt,
        At = time.GetUtcNow(),
        Text = text,
    };

    private static WorkProgress ProgressOf(WorkDirectory directory, Redactor redactor)
    {
        var progress = new WorkProgress();
        for (long at = 0; ;)
        {
            var (lines, next) = LogTail.Read(directory.Log, at, toTheEnd: true);
            foreach (var line in lines.Select(LogEvent.Read))
                progress.Take(line with { Text = redactor.Clean(line.Text) });
            if (next == at)
                return progress;
            at = next;
        }
    }

    private string Cache() => Directory.CreateDirectory(Path.Combine(root, options.User.Length > 0 ? $"providers-{options.User}" : "providers")).FullName;
}
