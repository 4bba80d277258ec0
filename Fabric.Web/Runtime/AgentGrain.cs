using System.Text.Json;
using Fabric.Protocol;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Runtime;

/// <summary>A thin shell: gives <see cref="AgentOwner"/> one place in the cluster, then tells the environments what is durable.</summary>
internal sealed partial class AgentGrain(FabricStorage storage, TimeProvider time, ILogger<AgentGrain> logger) : Grain, IAgentGrain
{
    private AgentOwner? owner;
    private string cell = "";
    private Guid agent;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (cell, agent) = GrainKeys.Read(this.GetPrimaryKeyString());
        owner = new AgentOwner(storage.Cells.Get(cell), agent, time);
        return Task.CompletedTask;
    }

    public async Task SeenAsync()
    {
        if (await owner!.SeenAsync())
            await TellBoundAsync();
    }

    public async Task ReportAsync(string request)
    {
        var taken = await owner!.ReportAsync(JsonSerializer.Deserialize(request, ProtocolJson.Default.ReportRequest)!);
        if (taken.Ignored > 0)
            LogIgnored(logger, cell, agent, taken.Ignored);
        foreach (var row in taken.Reports)
            await GrainFactory.Environment(cell, row.EnvironmentId).ReportAsync(JsonSerializer.Serialize(row, EngineJson.Options));
        if (taken.Arrived)
            await TellBoundAsync();
    }

    public Task RevokeAsync(string audit, string? answer) => owner!.RevokeAsync(
        JsonSerializer.Deserialize<AuditEvent>(audit, EngineJson.Options)!,
        answer is null ? null : JsonSerializer.Deserialize<IdempotencyKey>(answer, EngineJson.Options));

    /// <summary>The first sync ends the agent's own step in every environment it serves.</summary>
    private async Task TellBoundAsync()
    {
        foreach (var environmentId in await owner!.EnvironmentsAsync())
            await GrainFactory.Environment(cell, environmentId).AgentArrivedAsync();
    }
}
