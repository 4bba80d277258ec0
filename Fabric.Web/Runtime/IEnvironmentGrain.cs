namespace Fabric.Web.Runtime;

/// <summary>The one place in the cluster where an environment is changed. Key: <c>cell/environment</c>.</summary>
public interface IEnvironmentGrain : IGrainWithStringKey
{
    /// <summary>Carries an operation out; returns when what it changed is durable.</summary>
    /// <param name="operation">The operation as JSON, its kind in <c>$type</c>.</param>
    Task<GrainReply> ExecuteAsync(string operation);

    /// <summary>Decides anew: its time has come, or the server has started.</summary>
    Task WakeAsync();

    /// <summary>An agent of this environment synced for the first time: steps that wait for it are looked at.</summary>
    Task AgentArrivedAsync();

    /// <summary>Takes an agent's report in.</summary>
    /// <param name="report">The report as JSON.</param>
    Task ReportAsync(string report);
}

/// <summary>An outcome as it travels between grains.</summary>
/// <param name="Json">The outcome as JSON.</param>
[GenerateSerializer]
public readonly record struct GrainReply([property: Id(0)] string Json);
