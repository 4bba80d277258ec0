using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Process;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Terraform;

/// <summary>Which Terraform may run, and how much of it at once.</summary>
public sealed class BoundsOfTheExecutor : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-bounds");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("1.5.7", false)]
    [InlineData("1.6.0", true)]
    [InlineData("1.10.0-beta1", true)]
    [InlineData("", false)]
    public async Task The_configured_program_must_be_new_enough(string version, bool good)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Terraform is run on Linux only.");
        var tofu = Path.Combine(folder.FullName, "tofu");
        // Written by another process: what this one holds open for writing is held by everything it starts just then, and is busy for who runs it.
        using var write = System.Diagnostics.Process.Start("sh", ["-c", $$"""printf '#!/bin/sh\necho \047{"terraform_version":"{{version}}"}\047\n' > {{tofu}} && chmod 500 {{tofu}}"""]);
        await write.WaitForExitAsync(Stop);
        Assert.Equal(0, write.ExitCode);
        var found = await TerraformProgram.FindAsync(new TerraformOptions { Program = tofu }, Stop);
        Assert.Equal(good, found.Succeeded);
        if (!good)
            Assert.Equal(Reasons.TerraformMissing, found.Faults[0].Code);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named_with_its_setting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Terraform is run on Linux only.");
        var missing = (await TerraformProgram.FindAsync(new TerraformOptions { Program = "no-such-program" }, Stop)).Faults[0];
        Assert.Equal(Reasons.TerraformMissing, missing.Code);
        Assert.Contains("'no-such-program' is not on the PATH", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Fabric:Terraform:Program", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_finds_no_place_is_told_what_holds_it()
    {
        var places = new Places(new TerraformOptions { PerCell = 2, PerAccount = 1 }, TimeProvider.System);
        var account = Guid.NewGuid();
        var first = Place("prod/network", account);
        Assert.Null(places.Take(first));
        var second = Place("test/network", account);
        Assert.Contains("prod/network", places.Take(second), StringComparison.Ordinal);
        Assert.Null(places.Take(Place("other/network", Guid.NewGuid())));
        Assert.NotNull(places.Take(Place("third/network", Guid.NewGuid())));
        places.Release(first.Lease);
        Assert.Null(places.Take(second));
    }

    [Fact]
    public void It_is_told_nothing_of_another_tenants_environments()
    {
        var places = new Places(new TerraformOptions { PerCell = 3 }, TimeProvider.System);
        places.Take(Place("theirs/network", tenant: "other"));
        places.Take(Place("theirs/storage", tenant: "other"));
        places.Take(Place("prod/network"));
        var sentence = places.Take(Place("prod/storage"));
        Assert.EndsWith(": prod/network, 2 more.", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_came_first_is_served_first_and_who_waits_for_an_account_holds_nobody_else_up()
    {
        var time = new FakeTimeProvider();
        var places = new Places(new TerraformOptions { PerCell = 2, PerAccount = 1 }, time);
        var account = Guid.NewGuid();
        var (going, one, two) = (Place("a", account), Place("b", account), Place("c"));
        places.Take(going);
        var other = Place("d");
        places.Take(other);
        Assert.NotNull(places.Take(one));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(places.Take(two));
        time.Advance(TimeSpan.FromSeconds(1));
        places.Release(other.Lease);
        Assert.NotNull(places.Take(one));
        Assert.Null(places.Take(two with { Lease = Guid.NewGuid() }));
        places.Release(going.Lease);
        Assert.Contains("1 waited before it", places.Take(Place("e")), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(places.Take(Place("f")));
    }

    [Fact]
    public void A_look_takes_no_place_of_a_change()
    {
        var places = new Places(new TerraformOptions { PerCell = 1, Looks = 1 }, TimeProvider.System);
        Assert.Null(places.Take(Place("prod/network") with { IsLook = true }));
        Assert.NotNull(places.Take(Place("prod/storage") with { IsLook = true }));
        Assert.Null(places.Take(Place("prod/kubernetes")));
    }

    private static Place Place(string what, Guid? account = null, string tenant = "sample") => new(Guid.NewGuid(), "local", account, tenant, Guid.NewGuid(), what, IsLook: false, () => true);
}
