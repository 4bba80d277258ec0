using System.Diagnostics;
using System.IO.Compression;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Terraform;

/// <summary>The owner goes on alone: nothing is touched, and what is given is whole.</summary>
public sealed class HandOverTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-hand-over");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_handed_over_stays_and_Terraform_plans_no_change_in_what_its_owner_gets()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var environment = await bed.CreateAsync(SmallModule.Blueprint("first", "second"), SmallModule.Values(2));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.True(made.State is RunState.Succeeded, made.Message);
        Assert.Null(await BundleAsync(bed));
        var before = await LeasesAsync(bed);

        var given = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.HandOver));

        Assert.True(given.State is RunState.Succeeded, given.Message);
        Assert.Equal("customer", given.ApprovalBy);
        var steps = await bed.Bed.StepsAsync(given.Id);
        Assert.Equal(["second HandOver Succeeded", "first HandOver Succeeded"], steps.Select(step => $"{step.Node} {step.Action} {step.State}"));
        Assert.Contains("3 resources stay", steps[0].Message, StringComparison.Ordinal);
        Assert.All(await bed.Bed.EntitiesAsync(environment.Id), entity => Assert.Equal(EntityState.HandedOver, entity.State));
        var over = await bed.Bed.ReadAsync(db => db.Environments.SingleAsync(Stop));
        Assert.Equal((EnvironmentState.HandedOver, "Handed over to its owner: first, second. Nothing of it was touched, and Fabric looks after it no more."), (over.State, over.Message));
        Assert.Equal(before, await LeasesAsync(bed));
        var refused = await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop);
        Assert.Contains("is HandedOver", refused.Faults[0].Message, StringComparison.Ordinal);

        using var zip = new ZipArchive(new MemoryStream((await BundleAsync(bed))!));
        zip.ExtractToDirectory(folder.FullName);
        Assert.Equal(["README.md", "first", "second"], folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0, await TerraformAsync("first", "init", "-input=false"));
        // Exit code 2 would be a plan with changes.
        Assert.Equal(0, await TerraformAsync("first", "plan", "-input=false", "-detailed-exitcode"));
    }

    private static async Task<byte[]?> BundleAsync(TerraformBed bed)
    {
        var environment = await bed.Bed.ReadAsync(db => db.Environments.SingleAsync(Stop));
        return await new HandOverBundle(bed.Shop).PackAsync(environment, await bed.Bed.EntitiesAsync(environment.Id), Stop);
    }

    private static Task<int> LeasesAsync(TerraformBed bed) => bed.Bed.ReadAsync(db => db.Leases.CountAsync(Stop));

    private async Task<int> TerraformAsync(string workspace, params string[] arguments)
    {
        var start = new ProcessStartInfo("terraform", arguments) { WorkingDirectory = Path.Combine(folder.FullName, workspace), RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Concat(said));
        return process.ExitCode;
    }
}
