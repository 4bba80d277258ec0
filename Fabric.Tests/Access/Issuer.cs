using System.Diagnostics;
using System.Text.Json;
using Fabric.Tests.Rules;
using Fabric.Tests.Support;

namespace Fabric.Tests.Access;

/// <summary>A real OpenID Connect issuer (npm oidc-provider) on loopback, and a server that trusts it.</summary>
public sealed class Issuer : IAsyncLifetime
{
    public const string Secret = "a-secret-that-only-the-test-knows";
    private readonly int port = Ports.Next();
    private Process? node;

    public string Address => $"http://127.0.0.1:{port}";

    public ServerProcess Server { get; private set; } = null!;

    private static string Folder => Path.Combine(Repository.Root, "Fabric.Tests", "Access", "issuer");

    public async ValueTask InitializeAsync()
    {
        if (!await RunsAsync("node", "--version") || !await RunsAsync("npm", "--version"))
            Assert.Skip("Node is not here: install Node 20 or newer with npm");
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")) && !await RunsAsync("npm", "ci --no-audit --no-fund"))
            Assert.Skip($"npm ci failed in {Folder}: it needs a package registry");
        Server = await ServerProcess.StartAsync(
            null,
            ("Fabric:Access:Mode", "OpenIdConnect"),
            ("Fabric:Access:Authority", Address),
            ("Fabric:Access:ClientId", "fabric"),
            ("Fabric:Access:ClientSecret", Secret));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync();
            node.Dispose();
        }

        if (Server is not null)
            await Server.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var settings = new
        {
            port,
            redirect = $"{Server.Address}/signin-oidc",
            signedOut = $"{Server.Address}/signout-callback-oidc",
            people = new Dictionary<string, string[]> { ["kim"] = ["fabric:sample:owner"], ["sam"] = ["fabric:vendor:support"], ["mal"] = ["fabric:sample:admin", "fabric:vendor:owner", "fabric:vendor:5"] },
        };
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("issuer.mjs");
        start.ArgumentList.Add(JsonSerializer.Serialize(settings));
        node = Process.Start(start)!;
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await node.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line == "listening")
                return;
        }

        throw new InvalidOperationException($"The issuer ended with {node.ExitCode}.");
    }

    private static async Task<bool> RunsAsync(string program, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
