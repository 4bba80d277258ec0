using System.Diagnostics;
using Fabric.Tests.Support;
using Fabric.Web.Commands;

namespace Fabric.Tests.Commands;

/// <summary>The command as people start it: a process, real folders, and a real server that holds the databases.</summary>
public sealed class SyncCommandTests : IDisposable
{
    private const string Shop = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: synced }\nspec:\n  nodes:\n    ask: { gate: approval, by: vendor }\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-synced-");
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("fabric-sync-data-");

    public void Dispose()
    {
        folder.Delete(recursive: true);
        data.Delete(recursive: true);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Fabric.Web.dll"), "sync", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Fabric__Data"] = data;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    [Fact]
    public async Task A_folder_is_published_into_the_databases_here_and_then_through_the_server_that_holds_them()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop.yaml"), Shop, TestContext.Current.CancellationToken);

        var first = await RunAsync(data.FullName, folder.FullName, "--publish", "From Git.");
        Assert.True(first.Code == 0, first.ToString());
        Assert.Contains("new       shop.yaml (synced), published as version 1", first.Output, StringComparison.Ordinal);
        Assert.Contains("1 new, 0 changed, 0 unchanged, 0 refused.", first.Output, StringComparison.Ordinal);

        await using var server = await ServerProcess.StartAsync(Directory.CreateDirectory(Path.Combine(data.FullName, "..", $"{data.Name}-copy")).FullName);
        var locked = await RunAsync(server.Data, folder.FullName);
        Assert.Equal(2, locked.Code);
        Assert.Contains("Another Fabric server", locked.Error, StringComparison.Ordinal);
        Assert.Contains("--server", locked.Error, StringComparison.Ordinal);

        string[] through = [folder.FullName, "--server", server.Address, "--token", ServerProcess.BootstrapToken];
        var there = await RunAsync(server.Data, [.. through, "--publish", "From Git."]);
        Assert.True(there.Code == 0, there.ToString());
        Assert.Contains("new       shop.yaml (synced), published as version 1", there.Output, StringComparison.Ordinal);
        Assert.Contains("0 new, 0 changed, 1 unchanged, 0 refused.", (await RunAsync(server.Data, through)).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop.yaml"), Shop + "    wait: { gate: wait, for: 1m, after: [ask] }\n", TestContext.Current.CancellationToken);
        var changed = await RunAsync(server.Data, through);
        Assert.Contains("added: wait", changed.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(server.Data, [.. through[..3], "--token", "wrong-token"])).Code);
    }

    [Theory]
    [InlineData("Name the folder with the blueprints.")]
    [InlineData("--publish needs a message", ".", "--publish")]
    [InlineData("There is no option --sometimes.", ".", "--sometimes")]
    [InlineData("One folder at a time", "a", "b")]
    [InlineData("A server wants a token", ".", "--server", "http://localhost:1")]
    [InlineData("--server needs the address of a server", ".", "--server", "somewhere")]
    [InlineData("There is no folder", "/no/such/folder")]
    public async Task What_cannot_be_done_says_why_and_how(string sentence, params string[] arguments)
    {
        var error = new StringWriter();

        Assert.Equal(2, await SyncCommand.RunAsync(arguments, TextWriter.Null, error));
        Assert.Contains(sentence, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_answer_too()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shop.yaml"), Shop, TestContext.Current.CancellationToken);
        var error = new StringWriter();

        Assert.Equal(2, await SyncCommand.RunAsync([folder.FullName, "--server", $"http://127.0.0.1:{Ports.Next()}", "--token", "t"], TextWriter.Null, error));
        Assert.Contains("refused", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
