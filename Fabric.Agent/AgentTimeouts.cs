using Fabric.Protocol.Crypto;

namespace Fabric.Agent;

/// <summary>
/// Every time-out of the agent, in one place. What must hold: hold &lt; sync request; report request &lt; assertion life;
/// lease retry &lt; renew deadline &lt; duration; first retry &lt; longest retry &lt; slow retry; busy look &lt; resync.
/// </summary>
/// <param name="hold">How long the server may hold a sync; PROTOCOL.md allows 50 s.</param>
/// <param name="resync">How often a healthy entity is looked at.</param>
/// <param name="lease">How long a dead agent keeps others out.</param>
internal sealed class AgentTimeouts(TimeSpan hold, TimeSpan resync, TimeSpan lease)
{
    public TimeSpan Hold => hold;
    public TimeSpan SyncRequest => hold + TimeSpan.FromSeconds(20);
    public TimeSpan ReportRequest { get; } = TimeSpan.FromSeconds(15);
    public TimeSpan KubernetesRequest { get; } = TimeSpan.FromSeconds(30);
    public TimeSpan FirstRetry { get; } = TimeSpan.FromSeconds(1);
    public TimeSpan LongestRetry { get; } = TimeSpan.FromSeconds(60);
    public TimeSpan SlowRetry { get; } = TimeSpan.FromMinutes(5);
    public TimeSpan Resync => resync;

    /// <summary>How often an entity that is on its way is looked at.</summary>
    public TimeSpan BusyLook => resync < TimeSpan.FromSeconds(4) ? resync / 4 : TimeSpan.FromSeconds(1);

    /// <summary>How often a rejected manifest is tried again: what was missing may have come.</summary>
    public TimeSpan RejectedLook => resync * 2;

    public TimeSpan LeaseDuration => lease;
    public TimeSpan LeaseRenewDeadline => lease * 2 / 3;
    public TimeSpan LeaseRetry => lease / 7;

    /// <summary>The inequality that does not hold, or null.</summary>
    public string? Fault() =>
        hold > TimeSpan.FromSeconds(50) || hold <= TimeSpan.Zero ? "The hold must be above 0 and at most 50 seconds."
        : SyncRequest <= hold ? "A sync request must outlast the hold."
        : ReportRequest >= AgentAssertion.Life ? "A report must end within the assertion's life."
        : LeaseRetry >= LeaseRenewDeadline || LeaseRenewDeadline >= LeaseDuration ? "Lease: retry < renew deadline < duration."
        : FirstRetry >= LongestRetry || LongestRetry >= SlowRetry ? "Retry: first < longest < slow."
        : BusyLook >= Resync ? "The busy look must be shorter than the resync."
        : null;
}
