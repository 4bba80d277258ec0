using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>Calls with a key that are being carried out by this server now.</summary>
internal sealed class RunningCalls
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Tenant, string Actor, string Key), string> running = [];

    /// <summary>Begins a call.</summary>
    /// <param name="actor">Who calls.</param>
    /// <param name="once">The call.</param>
    /// <param name="same">When it was not begun: whether the one that runs asks for the same.</param>
    /// <returns>Ends the call; null when one with its key runs.</returns>
    public IDisposable? TryBegin(Actor actor, Once once, out bool same)
    {
        var key = (actor.Tenant, actor.Id, once.Key);
        lock (gate)
        {
            same = running.TryGetValue(key, out var hash) && hash == once.RequestHash;
            return running.TryAdd(key, once.RequestHash) ? new Call(this, key) : null;
        }
    }

    private sealed class Call(RunningCalls calls, (string, string, string) key) : IDisposable
    {
        public void Dispose()
        {
            lock (calls.gate)
                calls.running.Remove(key);
        }
    }
}
