namespace Fabric.Web.Runtime;

/// <summary>The one place in the cluster where an agent's rows are written. Key: <c>cell/agent</c>.</summary>
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>The agent synced: it is there.</summary>
    Task SeenAsync();

    /// <summary>Takes reports and a heartbeat in; returns when they are durable. The environments they concern are told after that.</summary>
    /// <param name="request">The protocol's <c>ReportRequest</c> as JSON.</param>
    Task ReportAsync(string request);

    /// <summary>Trusts the agent no more, in one commit with the audit event.</summary>
    /// <param name="audit">The audit event as JSON.</param>
    /// <param name="answer">The answer to keep for a repeat, as JSON; null for none.</param>
    Task RevokeAsync(string audit, string? answer);
}
