using System.Collections.Concurrent;

namespace Fabric.Workflows.Blueprints.Drafts;

/// <summary>Tells whoever looks at a draft, on this server, that it was changed.</summary>
public sealed class DraftFeed
{
    private readonly ConcurrentDictionary<object, Action<DraftNews>> watchers = new();

    /// <summary>Calls back after every change of any draft, from any thread, until disposed. Callbacks must return at once.</summary>
    public IDisposable Watch(Action<DraftNews> changed)
    {
        var ticket = new Ticket(watchers);
        watchers[ticket] = changed;
        return ticket;
    }

    internal void Tell(DraftNews news)
    {
        foreach (var watcher in watchers.Values)
            watcher(news);
    }

    private sealed class Ticket(ConcurrentDictionary<object, Action<DraftNews>> watchers) : IDisposable
    {
        public void Dispose() => watchers.TryRemove(this, out _);
    }
}
