using System.Text;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Process;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Looks into what a killed apply left: the state on its disk, its log, and the account itself. What the state lacks is imported when it is
/// plain what it is, and listed for a person when it is not.
/// </summary>
internal sealed class Recovery(Workshop shop)
{
    /// <summary>A request that was on its way when the process was killed arrives within this.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Tag of what a resource makes by itself, such as the machines of a pool: no state ever knows them.</summary>
    private const string Through = "fabric-through";

    private const string TerraformsOwn = "terraform_data";
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(10);

    /// <summary>Looks, and brings the state up to what is known.</summary>
    /// <param name="step">A step on the same workspace.</param>
    /// <param name="attended">An apply that did not succeed, every process of it ended.</param>
    /// <param name="ct">Stops; nothing is lost, it is looked into again.</param>
    /// <returns>What was found; null when it was not killed and nothing was made that the state has not heard of.</returns>
    public async Task<RecoveryFound?> LookIntoAsync(StepContext step, Attended attended, CancellationToken ct)
    {
        var lease = attended.Lease;
        var killed = attended.Result is LeaseResult.Killed;
        var left = new WorkDirectory(lease.Directory).Read("errored.tfstate") is { } text ? await shop.States.TakeLeftAsync(lease, text, ct) : null;
        var known = StateResources.Read(await shop.States.ReadAsync(lease.EntityId, ct));
        if (!killed && Unheard(attended.Progress, known).Count == 0 && UnderWay(attended.Progress, known).Count == 0)
            return null;
        var report = new StringBuilder(killed ? "Terraform was killed while it applied." : "Terraform failed, and the state has not heard of all that it made.");
        if (left is not null)
            report.Append(left.IsGood ? " The state it left on the disk was taken in." : " It left a state on the disk that does not fit what stands; it was not taken.");
        await Task.Delay(Settling, shop.Time, ct);
        await shop.States.ReleaseAsync(lease, ct);
        var (lost, asked) = await LostAsync(step, attended, known, ct);
        // What Terraform says that it could not make was mostly not made.
        if (!killed && lost is { Imports.Count: 0, NeedsPerson: false })
            return null;
        report.Append(' ').Append(asked);
        if (lost.Imports.Count > 0)
        {
            var imported = await ImportAsync(step, lease, lost.Imports, ct);
            known = StateResources.Read(await shop.States.ReadAsync(lease.EntityId, ct));
            var failed = lost.Imports.Where(import => !known.Addresses.Contains(import.Address)).ToList();
            var done = lost.Imports.Except(failed).ToList();
            if (done.Count > 0)
                report.Append($" Imported what the state lacked: {string.Join(", ", done.Select(i => $"{i.Address} ({i.Id})"))}.");
            if (failed.Count > 0)
                report.Append($" Could not be imported: {string.Join(", ", failed.Select(i => $"{i.Address} ({i.Id})"))}{(imported.Length > 0 ? $" - {imported}" : "")}. Import or remove them, then retry the step.");
            return new RecoveryFound(failed.Count > 0 || lost.NeedsPerson, Listed(report, lost.Unplaced));
        }

        return new RecoveryFound(lost.NeedsPerson, Listed(report, lost.Unplaced));
    }

    private static string Listed(StringBuilder report, IReadOnlyList<CloudResource> unplaced)
    {
        if (unplaced.Count > 0)
            report.Append($" In the account, and unknown to the state: {string.Join(", ", unplaced.Select(r => $"{r.Type} {r.Id}"))}. Import or remove them, then retry the step.");
        return report.ToString();
    }

    /// <summary>What was made and is not in the state: told by the log, and by the account for what was under way.</summary>
    private async Task<(Lost Lost, string Asked)> LostAsync(
        StepContext step, Attended attended, StateResources known, CancellationToken ct)
    {
        var killed = attended.Result is LeaseResult.Killed;
        var unheard = Unheard(attended.Progress, known);
        var imports = unheard.Where(done => !known.Addresses.Contains(done.Address)).Select(done => (done.Address, done.Id)).ToList();
        var underWay = UnderWay(attended.Progress, known);
        // A replacement cannot be imported beside what it replaced.
        var replaced = unheard.Where(done => done.Type is not TerraformsOwn && known.Addresses.Contains(done.Address)).ToList();
        List<LogEvent> inDoubt = killed ? [.. underWay, .. replaced] : replaced;
        var blind = new Lost(imports, [], InDoubt: inDoubt.Count > 0 || new WorkDirectory(attended.Lease.Directory) is { Exists: false });
        var doubt = blind.InDoubt ? $" Look whether {(inDoubt.Count > 0 ? Named(inDoubt) : "anything")} was made; import or remove it, then retry the step." : "";
        if (step.Environment.AccountId is null || step.Entity is null)
            return (blind, $"The environment has no account to look in.{doubt}");
        if (step.Implementation?.Module is { TakesTags: false })
            return (blind, $"Its module takes no tags, so the account was not searched.{doubt}");
        var traces = await TracesAsync(attended.Lease, ct);
        var found = await SearchAsync(step, ct);
        if (found.Succeeded && killed && underWay.Any(began => traces.IsTagged(began.Address)) && found.Value.All(resource => known.Ids.Contains(resource.Id)))
        {
            // A search may know of what is new a little later than the service that made it.
            await Task.Delay(Settling, shop.Time, ct);
            found = await SearchAsync(step, ct);
        }

        if (!found.Succeeded)
            return (blind, $"The account could not be searched: {found.Faults[0].Message}{doubt}");
        var strange = found.Value.Where(resource => !known.Ids.Contains(resource.Id) && !resource.Tags.ContainsKey(Through) && imports.All(import => import.Id != resource.Id)).ToList();
        // Terraform said how far it came: of what it did not work on, nothing is lost.
        if (!killed)
            strange.RemoveAll(resource => !inDoubt.Concat(underWay).Any(began => began.Type == resource.Type));
        var unseen = replaced.Where(done => strange.All(resource => resource.Id != done.Id)).ToList();
        foreach (var (began, made) in Placed(underWay, strange, traces))
        {
            imports.Add((began.Address, made.Id));
            strange.Remove(made);
            underWay.Remove(began);
        }

        if (killed)
            unseen.AddRange(underWay.Where(traces.CanBeTwice));
        return (new Lost(imports, strange, InDoubt: unseen.Count > 0), $"The account was searched by tag: {found.Value.Count} found.{Missing(underWay, unseen, traces)}");
    }

    /// <summary>What was under way and did not show: named, with what that means.</summary>
    private static string Missing(List<LogEvent> underWay, List<LogEvent> unseen, Traces traces)
    {
        var text = new StringBuilder();
        var rest = underWay.Except(unseen).ToList();
        if (rest.Where(began => traces.IsTagged(began.Address)).ToList() is { Count: > 0 } tagged)
            text.Append($" Not found, so not made: {Named(tagged)}.");
        if (rest.Where(began => !traces.IsTagged(began.Address)).ToList() is { Count: > 0 } joins)
            text.Append($" Without tags, but there once at most: {Named(joins)}; should it be there, the next apply says so.");
        if (unseen.Count > 0)
            text.Append($" Not among them: {Named(unseen)}. Look whether it was made; import or remove it, then retry the step.");
        return text.ToString();
    }

    private Task<Outcome<IReadOnlyList<CloudResource>>> SearchAsync(StepContext step, CancellationToken ct) =>
        shop.Clouds.FindAsync(step.Environment, new Dictionary<string, string> { ["fabric-entity"] = step.Entity!.Id.ToString() }, ct);

    /// <summary>What was being made when it ended, and the state does not know. What is Terraform's own stands in the state alone.</summary>
    private static List<LogEvent> UnderWay(WorkProgress progress, StateResources known) =>
    [
        .. progress.UnderWay.Where(began => began is { Action: "create", Type: not TerraformsOwn }
            && (!known.Addresses.Contains(began.Address) || progress.Completed.Any(done => done.Action == "delete" && done.Address == began.Address))),
    ];

    /// <summary>What the log says was made, and the state does not know, or knows as another.</summary>
    private static List<LogEvent> Unheard(WorkProgress progress, StateResources known) =>
        [.. progress.Completed.Where(done => done is { Action: "create", Id.Length: > 0 } && (!known.Addresses.Contains(done.Address) || known.IsAnother(done.Address, done.Id)))];

    /// <summary>
    /// What was under way and what was found, where it is plain that they are one: the name that was planned, or the only one of its kind on
    /// either side.
    /// </summary>
    internal static IReadOnlyList<(LogEvent Began, CloudResource Made)> Placed(IReadOnlyList<LogEvent> underWay, IReadOnlyList<CloudResource> found, Traces traces)
    {
        var left = found.ToList();
        var placed = new List<(LogEvent Began, CloudResource Made)>();
        foreach (var began in underWay)
        {
            var kind = left.Where(resource => resource.Type == began.Type).ToList();
            var byName = traces.NameOf(began.Address) is { } name ? kind.Where(resource => resource.Name == name).ToList() : [];
            var only = underWay.Count(other => other.Type == began.Type) == 1 ? kind : [];
            if ((byName is [var one] ? one : only is [var single] ? single : null) is not { } made)
                continue;
            left.Remove(made);
            placed.Add((began, made));
        }

        return placed;
    }

    private async Task<Traces> TracesAsync(Lease lease, CancellationToken ct) =>
        new(lease.PlanId is { } id && await shop.Plans.FindAsync(id, ct) is { Sealed: not null } plan ? PlanMaker.Read(shop.Plans.Open(plan)).Resources : []);

    private static string Named(List<LogEvent> events) => string.Join(", ", events.Select(e => e.Address));

    private async Task<string> ImportAsync(StepContext step, Lease killed, IReadOnlyList<(string Address, string Id)> imports, CancellationToken ct)
    {
        var plan = killed.PlanId is { } id ? await shop.Plans.FindAsync(id, ct) : null;
        if (plan?.Sealed is null)
            return "the workspace is gone";
        var built = new BuiltWorkspace(shop.Plans.Open(plan), plan.InputsHash, shop.Leases.SecretsOf(killed));
        var (lease, instead) = await shop.BeginAsync(step, new LeasedWork(LeaseKind.Recover, killed.Attempt, built, Script.Import(imports)), ct);
        if (lease is null)
            return instead!.Message;
        var attended = await shop.AttendAsync(step, lease, LongestImport, ct);
        if (!attended.Ended)
        {
            shop.Processes.Kill(new WorkDirectory(lease.Directory));
            attended = await shop.AttendAsync(step, attended.Lease, LongestEnd, ct);
        }

        // Who looks next waits for it.
        if (!attended.Ended)
            return "the import does not end";
        await shop.EndAsync(attended.Lease, attended.Result, attended.Progress.Last, ct);
        return attended.Result is LeaseResult.Succeeded ? "" : attended.Progress.Last;
    }
}

/// <summary>What was made and is not in the state.</summary>
/// <param name="Imports">What it plainly is, with the ids to import it by.</param>
/// <param name="Unplaced">What is in the account, and nobody can tell what it is.</param>
/// <param name="InDoubt">Whether more may have been made, and nobody could look.</param>
internal sealed record Lost(IReadOnlyList<(string Address, string Id)> Imports, IReadOnlyList<CloudResource> Unplaced, bool InDoubt)
{
    /// <summary>Whether a person must decide before anything is planned: going on could make a thing twice.</summary>
    public bool NeedsPerson => InDoubt || Unplaced.Count > 0;
}

/// <summary>What a look into a killed apply found.</summary>
/// <param name="NeedsPerson">Whether something is left that a person must decide on.</param>
/// <param name="Report">The same for people.</param>
internal sealed record RecoveryFound(bool NeedsPerson, string Report);
