using System.Text;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

public sealed class SecretsStaySecret
{
    private const string Password = "correct-horse-battery-staple-93";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_value_of_a_sensitive_variable_goes_from_node_to_node_and_is_in_no_plan_log_event_or_plain_column()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var blueprint = SmallModule.Blueprint("first", "second");
        blueprint.Nodes[0].Config["password"] = "${secret.pw}";
        blueprint.Nodes[1].Config["password"] = "${first.hidden}";
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(1));
        var secrets = new SecretStore(bed.Bed.Cell, TimeProvider.System);
        await secrets.PutAsync(EngineBed.Person, "sample", environment.Id, "pw", Password, Stop);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));

        Assert.True(made.State is RunState.Succeeded, made.Message);
        var entity = (await bed.Bed.EntitiesAsync(environment.Id))[0];
        Assert.Equal("${secret.output-first-hidden}", entity.Outputs!["hidden"]!.ToString());
        Assert.Equal(Password, await secrets.GetAsync(EngineBed.Person, "sample", environment.Id, "output-first-hidden", "a test", Stop));
        Assert.Equal(Password, await secrets.GetAsync(EngineBed.Person, "sample", environment.Id, "output-second-hidden", "a test", Stop));
        Assert.Contains(Password, Encoding.UTF8.GetString((await bed.Shop.States.ReadAsync(entity.Id, Stop))!), StringComparison.Ordinal);
        var plan = (await bed.Bed.StepsAsync(made.Id))[0].Plan!;
        Assert.Contains(plan.Resources.Single(r => r.Address == "terraform_data.secret").Changes, change => change is { Path: "input", Sensitive: true, After: null });
        Assert.NotEmpty(await bed.Bed.ReadAsync(db => db.StepLogs.ToListAsync(Stop)));
        foreach (var file in bed.Bed.Files())
            Assert.DoesNotContain(Password, Encoding.Latin1.GetString(await ReadAsync(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_a_variable_that_its_module_does_not_call_sensitive_is_in_no_plan_either()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var blueprint = SmallModule.Blueprint("first");
        blueprint.Nodes[0].Config["place"] = "at ${secret.pw}";
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(1));
        await new SecretStore(bed.Bed.Cell, TimeProvider.System).PutAsync(EngineBed.Person, "sample", environment.Id, "pw", Password, Stop);
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));

        Assert.True(made.State is RunState.Succeeded, made.Message);
        var plan = (await bed.Bed.StepsAsync(made.Id))[0].Plan!;
        Assert.Contains(plan.Resources.Single(r => r.Address == "terraform_data.note[0]").Changes, change => change is { Path: "triggers_replace[0]", Sensitive: true, After: null });
        foreach (var file in bed.Bed.Files())
            Assert.DoesNotContain(Password, Encoding.Latin1.GetString(await ReadAsync(file)), StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[open.Length];
        await open.ReadExactlyAsync(bytes, Stop);
        return bytes;
    }
}
