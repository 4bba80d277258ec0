using System.Threading.Channels;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Engine;

/// <summary>
/// The only writer of one environment: takes messages one after the other, decides, commits, and starts work after the commit. What it
/// holds is a copy of the cell database; when a commit fails the copy is dropped and loaded anew.
/// </summary>
public sealed partial class EnvironmentOwner : IAsyncDisposable
{
    private const int MessagesPerTurn = 512;
    private readonly EngineHost host;
    private readonly Channel<Message> mailbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private OwnerState state;

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
        await owner.TellAsync(owner.Recover);
        return owner;
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
    public async Task<Outcome<OperationDone>> ExecuteAsync(Operation operation, CancellationToken cancellationToken)
    {
        await operation.PrepareAsync(host, cancellationToken);
        return await AskAsync(turn =>
        {
            var done = operation.Execute(turn);
            if (done.Succeeded)
                operation.Alongside.ToList().ForEach(turn.Add);
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
        IsOver = true;
        mailbox.Writer.TryComplete();
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
        while (await mailbox.Reader.WaitToReadAsync())
        {
            var taken = new List<Message>();
            while (taken.Count < MessagesPerTurn && mailbox.Reader.TryRead(out var message))
                taken.Add(message);
            if (!IsOver)
                await TurnAsync(taken);
            if (!IsOver)
                continue;
            taken.ForEach(message => message.Refuse(new StaleEpochException(EnvironmentId, 0, 0)));
        }
    }

    private async Task TurnAsync(List<Message> taken)
    {
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
            var batch = turn.ToBatch();
            if (!batch.IsEmpty)
            {
                var started = host.Time.GetTimestamp();
                await host.Cell.Journal.CommitAsync(batch);
                EngineMetrics.Committed(host.Time.GetElapsedTime(started));
            }
        }
        catch (StaleEpochException e)
        {
            LogTakenOver(host.Logger, EnvironmentId);
            IsOver = true;
            mailbox.Writer.TryComplete();
            taken.ForEach(message => message.Refuse(e));
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogTurnFailed(host.Logger, e, EnvironmentId);
            taken.ForEach(message => message.Refuse(e));
            await ReloadAsync();
            return;
        }

        foreach (var (run, order) in turn.Work)
            Dispatch(run, order);
        foreach (var (step, order) in turn.Cancels)
            _ = PostAsync(step.Run.Id, order, step.Step, Task.Run(() => WorkAsync(step, order)));
        if (state.Environment.NextLookAt is { } next)
            host.OnNextLook?.Invoke(EnvironmentId, next);
        taken.ForEach(message => message.Complete());
    }

    /// <summary>After a failed commit memory may be ahead of the database: it is dropped. Work under way is looked at, as after a crash.</summary>
    private async Task ReloadAsync()
    {
        var wait = TimeSpan.FromMilliseconds(100);
        while (!stopping.IsCancellationRequested)
        {
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
            catch (Exception e) when (e is CellUnreachableException or StaleEpochException)
            {
                LogReloadFailed(host.Logger, e, EnvironmentId);
                wait = wait * 2 < TimeSpan.FromSeconds(10) ? wait * 2 : TimeSpan.FromSeconds(10);
                await Task.Delay(wait, host.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        IsOver = true;
        mailbox.Writer.TryComplete();
    }
}
