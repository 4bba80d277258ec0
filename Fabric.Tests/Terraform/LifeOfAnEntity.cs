using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Terraform;

public sealed class LifeOfAnEntity
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_planned_in_full_made_changed_by_just_its_diff_and_destroyed()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var blueprint = SmallModule.Blueprint("first", "second");
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(2));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.True(made.State is RunState.Succeeded, made.Message);
        var steps = await bed.Bed.StepsAsync(made.Id);
        Assert.Equal(["Create terraform_data.note[0]", "Create terraform_data.note[1]", "Create terraform_data.secret"], steps[0].Plan!.Resources.Select(r => $"{r.Action} {r.Address}").Order());
        var entities = await bed.Bed.EntitiesAsync(environment.Id);
        Assert.All(entities, entity => Assert.Equal(EntityState.Ready, entity.State));
        Assert.EndsWith(" 1", entities[0].Outputs!["words"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, (await bed.Shop.States.CurrentAsync(entities[0].Id, Stop))!.Resources);

        var changed = await bed.ThroughAsync(owner, await bed.Bed.ChangeOfAsync(environment.Id, blueprint, SmallModule.Values(3), SmallModule.Type));
        Assert.True(changed.State is RunState.Succeeded, changed.Message);
        Assert.Equal(["Create terraform_data.note[2]"], (await bed.Bed.StepsAsync(changed.Id))[0].Plan!.Resources.Select(r => $"{r.Action} {r.Address}"));

        var destroyed = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.True(destroyed.State is RunState.Succeeded, destroyed.Message);
        Assert.All(await bed.Bed.EntitiesAsync(environment.Id), entity => Assert.Equal(EntityState.Destroyed, entity.State));
        Assert.Equal(0, (await bed.Shop.States.CurrentAsync(entities[0].Id, Stop))!.Resources);
        Assert.Empty(await bed.Bed.ReadAsync(db => db.StateLocks.ToListAsync(Stop)));
        Assert.All(await bed.Bed.ReadAsync(db => db.Leases.ToListAsync(Stop)), lease => Assert.NotNull(lease.EndedAt));
        Assert.All(await bed.Bed.ReadAsync(db => db.Leases.ToListAsync(Stop)), lease => Assert.False(Directory.Exists(lease.Directory)));
    }
}
