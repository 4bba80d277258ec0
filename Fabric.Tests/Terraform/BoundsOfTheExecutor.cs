using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Process;

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
        await File.WriteAllTextAsync(tofu, $$"""
            #!/bin/sh
            echo '{"terraform_version":"{{version}}"}'

            """, Stop);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tofu, UnixFileMode.UserRead | UnixFileMode.UserExecute);
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
        var places = new Places(new TerraformOptions { PerCell = 2, PerAccount = 1 });
        var (first, account) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Null(places.Take(first, "local", account, "prod/network", () => true, anyway: false));
        Assert.Contains("prod/network", places.Take(Guid.NewGuid(), "local", account, "test/network", () => true, anyway: false), StringComparison.Ordinal);
        Assert.Null(places.Take(Guid.NewGuid(), "local", Guid.NewGuid(), "other/network", () => true, anyway: false));
        Assert.NotNull(places.Take(Guid.NewGuid(), "local", Guid.NewGuid(), "third/network", () => true, anyway: false));
        places.Release(first);
        Assert.Null(places.Take(Guid.NewGuid(), "local", account, "test/network", () => true, anyway: false));
    }
}
