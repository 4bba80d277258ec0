using System.Threading.Channels;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Engine;

/// <summary>
/// The only writer of one environment: takes messages one after the other, decides, commits, and starts work after the commit. While a
/// commit is under way the next turns are decided already. What it holds is a copy of the cell database; when a commit fails the copy is
/// dropped and loaded anew.
/// </summary>
public sealed partial class EnvironmentOwner : IAsyncDisposable
{
    private const int MessagesPerTurn = 64;
    private const int TurnsAhead = 4;
    private readonly EngineHost host;
    private readonly Channel<Message> mailbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly Queue<OpenTurn> pending = [];
    private readonly Task loop;
    private OwnerState state;
    private int failures;

    private EnvironmentOwner(EngineHost host, OwnerState state)
    {
        (this.host, this.state) = (host, state);
        loop = Task.Run(RunAsync);
    }

    /// <summary>The environment.</summary>
    public Guid EnvironmentId => state.Environment.Id;

    /// <summary>True once another owner took over or the owner was disposed; it accepts nothing more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Becomes the owner: raises the epoch, loads, looks at whatever was under way.</summary>
    /// <returns>The owner; null when the cell has no such environment.</returns>
    /// <exception cref="CellUnreachableException">The cell cannot be used now.</exception>
    public static async Task<EnvironmentOwner?> TakeOverAsync(EngineHost host, Guid environmentId, CancellationToken cancellationToken = default)
    {
        var state = await OwnerLoader.TakeOverAsync(host, environmentId, cancellationToken);
        if (state is null)
            return null;
        var owner = new EnvironmentOwner(host, state);
        try
        {
            await owner.TellAsync(owner.Recover);
            return owner;
        }
        catch
        {
            // Nobody will hold it, so it must not go on raising epochs against the next one.
            await owner.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs an operation in a turn of its own; returns when what it changed is durable.</summary>
    /// <param name="operation">Checks first and changes the turn only when it succeeds.</param>
    /// <exception cref="StaleEpochException">Another owner took over.</exception>
    /// <exception cref="CellUnreachableException">Nothing was written.</exception>
    public Task<Outcome<T>> AskAsync<T>(Func<Turn, Outcome<T>> operation)
    {
        var reply = new Reply<T>(operation);
        if (!mailbox.Writer.TryWrite(reply))
            throw new StaleEpochException(EnvironmentId, 0, 0);
        return reply.Task;
    }

    /// <summary>Carries an operation out; returns when what it changed is durable.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="cancellationToken">Stops before the turn begins.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was done: the answer to a repeated call, say.</param>
    public async Task<Outcome<OperationDone>> ExecuteAsync(
        Operation operation, CancellationToken cancellationToken, Func<OperationDone, IReadOnlyList<object>>? alongside = null)
    {
        await operation.PrepareAsync(host, cancellationToken);
        return await AskAsync(turn =>
        {
            var done = operation.Execute(turn);
            foreach (var row in done.Succeeded && alongside is not null ? alongside(done.Value) : [])
                turn.Add(row);
            return done;
        });
    }

    /// <summary>An agent reported: steps that wait for it are looked at, and the entity's health follows.</summary>
    public void Report(IntentReport report) => mailbox.Writer.TryWrite(new Reported(report));

    /// <summary>An agent synced for the first time: steps that wait for one are looked at.</summary>
    public void AgentArrived() => mailbox.Writer.TryWrite(new Arrived());

    /// <summary>Something that may concern this environment happened, or a time has come: decide anew.</summary>
    public void Wake() => mailbox.Writer.TryWrite(new Wakened());

    /// <summary>Ends the owner; what was committed goes on under the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        End();
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private Task<Outcome<bool>> TellAsync(Action<Turn> change) => AskAsync<bool>(turn =>
    {
        change(turn);
        return true;
    });

    private async Task RunAsync()
    {
        try
        {
            await TakeTurnsAsync();
        }
        catch (Exception e)
        {
            LogLoopEnded(host.Logger, e, EnvironmentId);
        }
        finally
        {
            End();
            while (mailbox.Reader.TryRead(out var unheard))
                unheard.Refuse(new StaleEpochException(EnvironmentId, 0, 0));
        }
    }

    private async Task TakeTurnsAsync()
    {
        var arrival = mailbox.Reader.WaitToReadAsync().AsTask();
        while (pending.Count > 0 || await arrival)
        {
            if (pending.TryPeek(out var oldest) && (oldest.Commit.IsCompleted || pending.Count == TurnsAhead))
                await FinishAsync(pending.Dequeue());
            else if (arrival is { IsCompleted: true, Result: true })
                await BeginAsync(Take());
            else
                await (arrival.IsCompleted ? oldest!.Commit : Task.WhenAny(arrival, oldest!.Commit)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (arrival is { IsCompleted: true, Result: true } && !mailbox.Reader.TryPeek(out _))
                arrival = mailbox.Reader.WaitToReadAsync().AsTask();
        }
    }

    private List<Message> Take()
    {
        var taken = new List<Message>();
        while (taken.Count < MessagesPerTurn && mailbox.Reader.TryRead(out var message))
            taken.Add(message);
        return taken;
    }

    /// <summary>Decides, and hands what was decided to the journal. The next turn may begin before that is durable.</summary>
    private async Task BeginAsync(List<Message> taken)
    {
        if (IsOver)
        {
            taken.ForEach(message => message.Refuse(new StaleEpochException(EnvironmentId, 0, 0)));
            return;
        }

        var turn = new Turn(state, host.Time.GetUtcNow(), host.Rules);
        try
        {
            foreach (var message in taken)
            {
                if (message is not Finished)
                    turn.TakeResults();
                message.Handle(this, turn);
            }

            Settle(turn);
            pending.Enqueue(new OpenTurn(turn, taken, CommitAsync(turn.ToBatch())));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(taken, e);
        }
    }

    private async Task CommitAsync(JournalBatch batch)
    {
        if (batch.IsEmpty)
            return;
        var started = host.Time.GetTimestamp();
        await host.Cell.Journal.CommitAsync(batch);
        EngineMetrics.Committed(host.Time.GetElapsedTime(started));
    }

    /// <summary>The turn is durable: its work starts and who waits for it is told.</summary>
    private async Task FinishAsync(OpenTurn open)
    {
        try
        {
            await open.Commit;
        }
        catch (StaleEpochException e) when (!e.IsOwnLoss)
        {
            LogTakenOver(host.Logger, EnvironmentId);
            End();
            open.Messages.ForEach(message => message.Refuse(e));
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(open.Messages, e);
            return;
        }

        Dispatch(open.Turn.Work);
        open.Turn.Plannings.ForEach(StartPlanning);
        foreach (var (step, order) in open.Turn.Cancels)
            _ = PostAsync(step.Run.Id, order, step.Step, Task.Run(() => WorkAsync(step, order)));
        if (state.Environment.NextLookAt is { } next)
            host.OnNextLook?.Invoke(EnvironmentId, next);
        open.Messages.ForEach(message => message.Complete());
        failures = 0;
    }

    /// <summary>
    /// Memory may be ahead of the database: it is dropped. Turns that were begun before it are waited for; those begun on top of a lost
    /// one are refused by the journal. Their work is looked at after the reload, as after a crash.
    /// </summary>
    private async Task FailAsync(List<Message> taken, Exception why)
    {
        LogTurnFailed(host.Logger, why, EnvironmentId);
        taken.ForEach(message => message.Refuse(why));
        while (pending.TryDequeue(out var open))
        {
            await open.Commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (open.Commit.IsCompletedSuccessfully)
                open.Messages.ForEach(message => message.Complete());
            else
                open.Messages.ForEach(message => message.Refuse(why));
        }

        await ReloadAsync();
    }

    private void End()
    {
        IsOver = true;
        mailbox.Writer.TryComplete();
    }

    private sealed record OpenTurn(Turn Turn, List<Message> Messages, Task Commit);

    /// <summary>Loads the truth anew, under a new epoch. Failures in a row, whatever their cause, come ever more slowly.</summary>
    private async Task ReloadAsync()
    {
        while (true)
        {
            if (failures > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(10_000, 100 << Math.Min(failures, 7))), host.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
                break;
            failures++;
            try
            {
                if (await OwnerLoader.TakeOverAsync(host, EnvironmentId, stopping.Token) is not { } fresh)
                    break;
                state = fresh;
                mailbox.Writer.TryWrite(new Reply<bool>(turn =>
                {
                    Recover(turn);
                    return true;
                }));
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // The loop that owns the environment: whatever the database throws, it is tried again until the owner is told to end.
                LogReloadFailed(host.Logger, e, EnvironmentId);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        End();
    }
}
