using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Engine;

/// <summary>
/// One turn of an environment's owner: messages come in, one commit goes out, work starts after it. What the turn changes in
/// <see cref="OwnerState"/> stands only when the commit did; otherwise the owner loads anew.
/// </summary>
public sealed class Turn(OwnerState state, DateTimeOffset now, RetryRules rules)
{
    private readonly Dictionary<(Guid Run, string Node), (Step? Before, Step After)> steps = [];
    private readonly Dictionary<Guid, (Entity? Before, Entity After)> entities = [];
    private readonly Dictionary<Guid, Run> runs = [];
    private readonly List<object> added = [];
    private readonly Dictionary<Guid, List<WorkResult>> results = [];
    private readonly FabricEnvironment before = state.Environment;

    /// <summary>What the owner holds.</summary>
    public OwnerState State { get; } = state;

    /// <summary>UTC; the same for the whole turn.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Retries and time-outs.</summary>
    public RetryRules Rules { get; } = rules;

    /// <summary>Work to start after the commit.</summary>
    public List<(Guid RunId, WorkOrder Order)> Work { get; } = [];

    /// <summary>Plans of whole runs to be made outside after the commit.</summary>
    public List<StepContext> Plannings { get; } = [];

    /// <summary>Work outside to stop after the commit.</summary>
    public List<(StepContext Step, WorkOrder Order)> Cancels { get; } = [];

    /// <summary>Keeps the result of a piece of work until <see cref="TakeResults"/>: all of a turn cost one decision.</summary>
    public void Receive(Guid runId, WorkOrder order, StepResult result)
    {
        if (!results.TryGetValue(runId, out var list))
            results[runId] = list = [];
        list.Add(new WorkResult(order, result));
    }

    /// <summary>Decides on the results that were received; those of a run that is gone are nobody's.</summary>
    /// <returns>Whether there were any.</returns>
    public bool TakeResults()
    {
        if (results.Count == 0)
            return false;
        foreach (var (runId, list) in results)
        {
            if (State.Runs.TryGetValue(runId, out var run))
                Take(Planner.Receive(run, list, Now, Rules));
        }

        results.Clear();
        return true;
    }

    /// <summary>Takes a decision over.</summary>
    public void Take(Decision decision)
    {
        var run = decision.After.Run;
        var stood = State.Runs[run.Id];
        State.Runs[run.Id] = decision.After;
        State.NextLooks[run.Id] = decision.NextLookAt;
        if (decision.RunChanged)
        {
            runs[run.Id] = run;
            EngineMetrics.Count(run);
        }

        foreach (var step in decision.Changed)
        {
            var key = (run.Id, step.Node);
            steps[key] = (steps.TryGetValue(key, out var earlier) ? earlier.Before : stood.Find(step.Node), step);
            EngineMetrics.Count(step);
            FollowEntity(run, step, decision.Taken.GetValueOrDefault(step.Node));
        }

        foreach (var notice in decision.Notices)
            Tell(run, notice);
        foreach (var item in decision.Work)
            Order(decision.After, item);
        if (run.State.IsTerminal())
            EndRun(run);
    }

    /// <summary>Hands out the plans to be made; they need no commit first, for planning changes nothing.</summary>
    public IReadOnlyList<(Guid RunId, WorkOrder Order)> OrdersToPlan()
    {
        var plans = Work.FindAll(work => work.Order.Kind is WorkKind.Plan);
        if (plans.Count > 0)
            Work.RemoveAll(work => work.Order.Kind is WorkKind.Plan);
        return plans;
    }

    /// <summary>Adds steps of a run that was just planned.</summary>
    public void TakeSteps(Run run, IReadOnlyList<Step> planned)
    {
        State.Runs[run.Id] = new RunSnapshot(run, planned);
        runs[run.Id] = run;
        foreach (var step in planned)
            steps[(run.Id, step.Node)] = (null, step);
    }

    /// <summary>Records a run's own row.</summary>
    public void PutRun(Run run) => runs[run.Id] = run;

    /// <summary>A run as it stands in this turn.</summary>
    public Run RunOf(Guid runId) => runs.GetValueOrDefault(runId) ?? State.Runs[runId].Run;

    /// <summary>Starts a run beside the changing one: a check.</summary>
    public void Begin(Run run)
    {
        var steps = RunBuilder.Steps(run, State.Environment, State.Desired[run.Generation], State.Entities);
        run = RunTransitions.Start.Fire(RunTransitions.Plan.Fire(run, Now), Now) with { StepsTotal = steps.Count };
        TakeSteps(run, steps);
        Take(Planner.Decide(State.Runs[run.Id], Now, Rules));
    }

    /// <summary>Writes down a person's yes or no.</summary>
    /// <returns>All parties' yes to the same thing, this one included.</returns>
    public GivenApprovals AddApproval(Actor actor, Guid runId, string? node, string hash, bool approved, string message)
    {
        var approval = new Approval
        {
            Id = Guid.CreateVersion7(Now),
            Tenant = State.Environment.Tenant,
            RunId = runId,
            Node = node,
            PlanHash = hash,
            Party = actor.PartyIn(State.Environment.Tenant),
            Approved = approved,
            ActorId = actor.Id,
            ActorName = actor.Name,
            Message = message,
            At = Now,
        };
        added.Add(approval);
        State.Approvals.Add(approval);
        return GivenApprovals.Of(State.Approvals, runId, node, hash);
    }

    /// <summary>Changes the environment's row.</summary>
    public void Change(Func<FabricEnvironment, FabricEnvironment> change) => State.Environment = change(State.Environment);

    /// <summary>Changes an entity's row.</summary>
    public void Put(Entity entity)
    {
        // After a rename another entity may stand under the name: only its own row tells what is new about it.
        var stood = State.Entities.GetValueOrDefault(entity.Node) is { } named && named.Id == entity.Id ? named : null;
        entities[entity.Id] = (entities.TryGetValue(entity.Id, out var earlier) ? earlier.Before : stood, entity);
        State.Entities[entity.Node] = entity;
    }

    /// <summary>Inserts a row of any other kind in the same commit.</summary>
    public void Add(object row) => added.Add(row);

    /// <summary>A line of the run's journal.</summary>
    public void Tell(Run? run, Notice notice, string? actor = null) => added.Add(new RunEvent
    {
        Tenant = State.Environment.Tenant,
        EnvironmentId = State.Environment.Id,
        RunId = run?.Id,
        Node = notice.Node,
        At = Now,
        Kind = notice.Kind,
        Attempt = notice.Attempt,
        Reason = notice.Reason,
        Message = notice.Message,
        Actor = actor ?? Actor.System.Name,
    });

    /// <summary>The audit event of a person's change.</summary>
    public void Audit(Actor actor, string action, string subject, string message) =>
        added.Add(AuditEvent.Of(actor, State.Environment.Tenant, action, subject, message, Now));

    /// <summary>The rows of the turn; empty when nothing changed.</summary>
    public JournalBatch ToBatch()
    {
        DeriveEnvironment();
        var batch = new JournalBatch(State.Environment.Id, State.Environment.Epoch);
        if (State.Environment != before)
        {
            State.Environment = State.Environment with { UpdatedAt = Now };
            batch.Change(before, State.Environment);
        }

        foreach (var run in runs.Values)
            batch.Put(run);
        foreach (var (stood, step) in steps.Values)
            Write(batch, stood, step);
        foreach (var (stood, entity) in entities.Values)
            Write(batch, stood, entity);
        foreach (var row in added)
            batch.Add(row);
        return batch;
    }

    private static void Write(JournalBatch batch, object? stood, object row) => _ = stood is null ? batch.Put(row) : batch.Change(stood, row);

    /// <summary>What is to be stopped is described now: when the run ends in this very decision, nobody can describe it later.</summary>
    private void Order(RunSnapshot run, WorkOrder order)
    {
        if (order.Kind is WorkKind.Cancel)
            Cancels.Add((State.ContextOf(run.Run, run.Find(order.Node)!), order));
        else
            Work.Add((run.Run.Id, order));
    }

    private void FollowEntity(Run run, Step step, StepResult? result)
    {
        if (step.Kind is not StepKind.Entity || !State.Entities.TryGetValue(step.Node, out var entity))
            return;
        var next = run.Kind switch
        {
            RunKind.Check => AfterCheck(entity, step, result),
            RunKind.Action => step.State is StepState.Succeeded or StepState.Skipped ? entity : EntityProgress.After(entity, step, null, Now),
            _ => EntityProgress.After(entity, step, State.AppliedBy(run, step, result), Now),
        };
        if (run.Kind is RunKind.Action && step.State is StepState.Succeeded)
            next = entity with { State = EntityState.Ready, Reason = "", Message = "", UpdatedAt = Now };
        if (next != entity)
            Put(next);
    }

    private Entity AfterCheck(Entity entity, Step step, StepResult? result) =>
        step.State is StepState.Succeeded && result is not null && entity.Drifted != result.Drifted
            ? entity with { Drifted = result.Drifted, UpdatedAt = Now }
            : entity;

    private void EndRun(Run run)
    {
        State.NextLooks.Remove(run.Id);
        State.PlansOutside.Remove(run.Id);
        State.ForgetInputsOf(run.Id);
        if (run.State is not RunState.Failed)
            State.Runs.Remove(run.Id);
        if (State.Environment.ActiveRunId != run.Id)
            return;
        State.Last = run;
        var deployed = run is { Kind: RunKind.Apply, State: RunState.Succeeded };
        Change(environment => environment with
        {
            ActiveRunId = null,
            DeployedGeneration = deployed ? run.Generation : run.Kind.EndsEnvironment() && run.State is RunState.Succeeded ? 0 : environment.DeployedGeneration,
        });
    }

    private void DeriveEnvironment()
    {
        DateTimeOffset? next = null;
        foreach (var look in State.NextLooks.Values)
            next = next is null || look < next ? look ?? next : next;
        var active = State.Environment.ActiveRunId is { } id ? State.Runs.GetValueOrDefault(id)?.Run : null;
        var (derived, reason, message) = EnvironmentStatus.Derive(State.Entities.Values, active, State.Last, State.Environment.DeployedGeneration);
        Change(environment => environment with { State = derived, Reason = reason, Message = message, NextLookAt = next });
    }
}
