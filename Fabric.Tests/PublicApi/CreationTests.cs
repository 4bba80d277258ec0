using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.PublicApi;

/// <summary>An environment that was created starts, whatever befalls the call that created it.</summary>
[Collection("api")]
public sealed class CreationTests(ApiHost host)
{
    private static Actor Olivia { get; } = new("olivia", "Olivia", ActorKind.Person, "sample", Role.Owner);

    [Fact]
    public async Task An_environment_whose_owner_could_not_be_woken_starts_all_the_same()
    {
        var creation = ActivatorUtilities.CreateInstance<EnvironmentCreation>(host.Services, Grains.Refusing());
        var wish = new NewEnvironment("sample", host.Name("unwoken"), "pinot-byoc", null, "sandbox", "local", null, new JsonObject(), [], new JsonObject());
        var created = await creation.CreateAsync(Olivia, wish, TestContext.Current.CancellationToken);
        Assert.True(created.Succeeded);
        await host.Owner.UntilAsync($"/api/v1/runs/{created.Value.RunId}", run => (string?)run["state"] != "Pending", "a run that is under way");
    }
}
