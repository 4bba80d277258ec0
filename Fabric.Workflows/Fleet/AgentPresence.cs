namespace Fabric.Workflows.Fleet;

/// <summary>
/// When an agent counts as away. An agent that is well always has one sync open; it is seen when it opens one, so twice that
/// round trip without a word means that two syncs in a row did not come.
/// </summary>
public static class AgentPresence
{
    /// <summary>Longest time the server holds a sync open, seconds.</summary>
    public const int LongestHold = 50;

    /// <summary>Syncs that may fail to come before the agent is away.</summary>
    public const int MissedSyncs = 2;

    /// <summary>Longest time between two syncs of an agent that is well: the hold, the agent's pause and the way there.</summary>
    public static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(LongestHold + 5);

    /// <summary>Silence after which an agent is away.</summary>
    public static readonly TimeSpan AwayAfter = SyncEvery * MissedSyncs;

    /// <summary>The same for people.</summary>
    public static string Rule { get; } = $"An agent is away after {MissedSyncs} missed syncs: {AwayAfter.TotalSeconds:0} s without a word.";

    /// <summary>Whether an agent that was seen then is away now.</summary>
    public static bool IsAway(DateTimeOffset? seenAt, DateTimeOffset now) => seenAt is not { } seen || now - seen > AwayAfter;
}
