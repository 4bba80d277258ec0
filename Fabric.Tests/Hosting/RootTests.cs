using Fabric.Tests.Rules;
using Fabric.Tests.Support;
using Fabric.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Fabric.Tests.Hosting;

/// <summary>The one settings file, and the folder it names, are the same wherever the server is started from.</summary>
public sealed class RootTests
{
    [Theory]
    [InlineData(null, "data")]
    [InlineData("elsewhere", "elsewhere")]
    [InlineData("/srv/fabric", "/srv/fabric")]
    public void The_folder_of_the_databases_is_relative_to_the_root_however_it_is_named(string? given, string expected)
    {
        string[] args = given is null ? [] : ["--Fabric:Data", given];
        var builder = WebApplication.CreateBuilder(args);
        builder.UseRootSettings(args);
        Assert.Equal(Path.GetFullPath(expected, Repository.Root), builder.Configuration["Fabric:Data"]);
    }

    [Fact]
    public async Task A_server_started_from_another_folder_finds_the_settings_and_roots_what_the_environment_says()
    {
        var (data, elsewhere) = (Directory.CreateTempSubdirectory("fabric-root-"), Directory.CreateTempSubdirectory("fabric-cwd-"));
        try
        {
            var relative = Path.GetRelativePath(Repository.Root, data.FullName);
            await using var server = await ServerProcess.StartInAsync(elsewhere.FullName, data.FullName, ("Fabric:Data", relative));
            Assert.True(File.Exists(Path.Combine(data.FullName, "directory.db")), server.Output);
            Assert.Empty(elsewhere.GetFileSystemInfos());

            // Only the settings file in the root asks the silo for its warnings alone.
            Assert.DoesNotContain("info: Orleans", server.Output, StringComparison.Ordinal);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }
}
