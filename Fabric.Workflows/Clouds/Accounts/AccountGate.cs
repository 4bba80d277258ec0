namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>
/// One decision about accounts at a time: an account that is being chosen for an environment is not deleted meanwhile, and a preflight
/// does not write over a sign-in that was changed while it looked.
/// </summary>
public sealed class AccountGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Waits for the turn; disposing what it returns ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
