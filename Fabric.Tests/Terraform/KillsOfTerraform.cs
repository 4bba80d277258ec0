using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>kill -9 of Terraform, alone or with its shell, at seeded moments from init to the last state.</summary>
[Collection(MotoCollection.Name)]
public sealed class KillsOfTerraform(Moto moto)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kills.Seeds), 6, MemberType = typeof(Kills))]
    public async Task Nothing_is_made_twice_nothing_is_lost_and_no_lock_stays(int seed)
    {
        await moto.NeedAsync(Stop);
        var access = new MotoAccess(moto);
        for (var again = 3; !await KilledAsync(access, seed); again--)
            Assert.True(again > 0, "Four applies ended before it was known whom to kill.");
    }

    /// <returns>False when the apply ended before it was known whom to kill.</returns>
    private static async Task<bool> KilledAsync(MotoAccess access, int seed)
    {
        await using var bed = await TerraformBed.OpenAsync(Stop, clouds: access);
        var environment = await bed.Bed.CreateAsync(SmallNetwork.Blueprint, [SmallNetwork.Type], parameters: new JsonObject { ["subnets"] = 3 }, cloud: "aws", region: MotoAccess.Region, account: Guid.NewGuid());
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        var killing = KillOnceAsync(bed, new Random(seed));

        var run = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.True(killing.IsCompleted || run.State is RunState.Succeeded, $"It ended before it applied: {run.Message}");
        var report = await killing.WaitAsync(TimeSpan.FromSeconds(240), Stop);
        if (report is null)
            return false;
        var outcomes = await bed.Bed.ReadAsync(db => db.Leases.Where(l => l.Kind != LeaseKind.Plan).OrderBy(l => l.Id).Select(l => $"{l.Kind} {l.StartedAt:mm:ss}-{l.EndedAt:mm:ss} {l.Outcome}").ToListAsync(Stop));
        TestContext.Current.TestOutputHelper?.WriteLine($"{report}: {string.Join(" | ", outcomes)}");
        Assert.True(run.State is RunState.Succeeded, $"{report}: {run.Message}");
        await AssertWholeAsync(bed, access, environment, report);

        var destroyed = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.True(destroyed.State is RunState.Succeeded, $"{report}: {destroyed.Message}");
        Assert.Empty(await FoundAsync(access, environment, (await bed.Bed.EntitiesAsync(environment.Id)).Single()));
        return true;
    }

    private static async Task AssertWholeAsync(TerraformBed bed, MotoAccess access, FabricEnvironment environment, string report)
    {
        var entity = (await bed.Bed.EntitiesAsync(environment.Id)).Single();
        var found = await FoundAsync(access, environment, entity);
        Assert.True(found.Count == SmallNetwork.Made, $"{report}: {string.Join(", ", found)}");
        var known = StateResources.Read(await bed.Shop.States.ReadAsync(entity.Id, Stop));
        Assert.All(found, id => Assert.Contains(id, known.Ids));
        Assert.Empty(await bed.Bed.ReadAsync(db => db.StateLocks.ToListAsync(Stop)));
        Assert.All(await bed.Bed.ReadAsync(db => db.Leases.ToListAsync(Stop)), lease => Assert.NotNull(lease.EndedAt));
        var applied = await bed.Bed.ReadAsync(db => db.Leases.Where(lease => lease.Kind == LeaseKind.Apply).Select(lease => lease.PlanId).ToListAsync(Stop));
        Assert.Equal(applied.Count, applied.Distinct().Count());
    }

    private static async Task<List<string>> FoundAsync(MotoAccess access, FabricEnvironment environment, Entity entity)
    {
        var found = await access.FindAsync(environment, new Dictionary<string, string> { ["fabric-entity"] = entity.Id.ToString() }, Stop);
        Assert.True(found.Succeeded);
        return [.. found.Value.Select(resource => resource.Id)];
    }

    /// <summary>Waits for an apply, then for a moment between init and the last state, then kills.</summary>
    /// <returns>What it did; null when the apply ended before it was known whom to kill.</returns>
    private static async Task<string?> KillOnceAsync(TerraformBed bed, Random random)
    {
        Lease? lease = null;
        var group = "";
        for (; group.Length == 0; await Task.Delay(20, Stop))
        {
            lease = (await bed.Bed.ReadAsync(db => db.Leases.Where(l => l.Kind == LeaseKind.Apply).ToListAsync(Stop))).FirstOrDefault();
            if (lease?.EndedAt is not null)
                return null;
            group = lease is null ? "" : await ReadAsync(lease, "pid");
        }

        var (whole, whileMaking) = (random.Next(2) == 0, random.Next(3) > 0);
        var wait = random.Next(0, whileMaking ? 350 : 2_500);
        while (whileMaking && Directory.Exists(lease!.Directory) && !(await ReadAsync(lease, "out.log")).Contains("apply_start", StringComparison.Ordinal))
            await Task.Delay(20, Stop);
        await Task.Delay(wait, Stop);
        var command = whole ? $"kill -s KILL -- -{group}" : $"kill -9 $(pgrep -g {group} -x terraform)";
        using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true });
        await kill!.WaitForExitAsync(Stop);
        return $"{(kill.ExitCode == 0 ? "killed" : "was too late for")} {(whole ? "all of it" : "terraform")} {wait} ms after it began{(whileMaking ? " to make things" : "")}";
    }

    private static async Task<string> ReadAsync(Lease lease, string file)
    {
        try
        {
            return (await File.ReadAllTextAsync(Path.Combine(lease.Directory, file), Stop)).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
