using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Terraform;

public sealed class LifeOfAnEntity
{
    private const string Apart = "nobody";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task As_another_user_Terraform_can_look_into_nothing_of_the_servers()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{Apart}:", StringComparison.Ordinal)), $"Run the tests as root, on a machine that has the user '{Apart}'.");
        await using var bed = await TerraformBed.OpenAsync(Stop, new TerraformOptions { User = Apart });
        File.SetUnixFileMode(bed.Folder, File.GetUnixFileMode(bed.Folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var secret = Path.Combine(bed.Folder, "of-the-server");
        await File.WriteAllTextAsync(secret, "secret", Stop);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        var type = TerraformBed.Type(
            "who", new JsonObject { ["type"] = "object" }, new JsonObject { ["type"] = "object" },
            ("main.tf", $"resource \"terraform_data\" \"who\" {{\n  provisioner \"local-exec\" {{ command = \"test $(id -un) = {Apart} && ! cat {secret}\" }}\n}}\n"));
        var blueprint = SmallModule.Blueprint("who") with { Hash = "who", Nodes = [new BlueprintNode { Name = "who", Type = type.Ref }] };
        var environment = await bed.Bed.CreateAsync(blueprint, [type], parameters: [], cloud: "aws");
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));

        Assert.True(made.State is RunState.Succeeded, made.Message);
    }

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
