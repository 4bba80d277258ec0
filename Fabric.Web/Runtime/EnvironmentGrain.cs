using System.Text.Json;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Orleans.Concurrency;

namespace Fabric.Web.Runtime;

/// <summary>A thin shell: gives <see cref="EnvironmentOwner"/> one place in the cluster. The owner orders what comes; the grain lets it through.</summary>
[Reentrant]
internal sealed class EnvironmentGrain(EngineHosts hosts, KeptAnswers kept) : Grain, IEnvironmentGrain
{
    private EnvironmentOwner? owner;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => owner = await TakeOverAsync(cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (owner is not null)
            await owner.DisposeAsync();
    }

    public async Task<GrainReply> ExecuteAsync(string operation)
    {
        var wish = JsonSerializer.Deserialize<Operation>(operation, EngineJson.Options)!;
        try
        {
            var outcome = await owner!.ExecuteAsync(wish, CancellationToken.None, done => kept.Rows(wish.Actor, Answers.Of(wish, done)));
            return new GrainReply(JsonSerializer.Serialize(outcome.ToWire(), EngineJson.Options));
        }
        catch (StaleEpochException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public Task WakeAsync()
    {
        owner!.Wake();
        return StepDownIfOver();
    }

    public Task AgentArrivedAsync()
    {
        owner!.AgentArrived();
        return StepDownIfOver();
    }

    public Task ReportAsync(string report)
    {
        owner!.Report(JsonSerializer.Deserialize<IntentReport>(report, EngineJson.Options)!);
        return StepDownIfOver();
    }

    private async Task<EnvironmentOwner> TakeOverAsync(CancellationToken cancellationToken)
    {
        var (cell, id) = GrainKeys.Read(this.GetPrimaryKeyString());
        return await EnvironmentOwner.TakeOverAsync(hosts.Get(cell), id, cancellationToken)
            ?? throw new InvalidOperationException($"Cell {cell} has no environment {id}.");
    }

    private Task StepDownIfOver()
    {
        if (owner!.IsOver)
            DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
