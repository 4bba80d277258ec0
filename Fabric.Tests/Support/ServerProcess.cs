using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Tests.Support;

/// <summary>The server as its own process on loopback, so that it can be killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The first token of the installation under test.</summary>
    public const string BootstrapToken = "a-bootstrap-token-for-tests-0123456789";

    private readonly StringBuilder output = new();
    private readonly Dictionary<string, string> settings;
    private readonly string siloPort = Ports.Next().ToString(CultureInfo.InvariantCulture);
    private readonly string gatewayPort = Ports.Next().ToString(CultureInfo.InvariantCulture);
    private Process? process;
    private string workingDirectory = "";

    private ServerProcess(string data, int port, Dictionary<string, string> settings)
    {
        (Data, Port, this.settings) = (data, port, settings);
        Http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(100) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BootstrapToken);
    }

    public string Data { get; }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    public HttpClient Http { get; }

    public int ProcessId => process!.Id;

    /// <summary>Starts a server on a folder of its own (or a given one) and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string? data = null, params (string Key, string Value)[] settings)
    {
        data ??= Directory.CreateTempSubdirectory("fabric-server").FullName;
        var server = new ServerProcess(data, Ports.Next(), settings.ToDictionary(s => s.Key, s => s.Value));
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a server in another working directory; <paramref name="data"/> is where its databases are expected.</summary>
    public static async Task<ServerProcess> StartInAsync(string workingDirectory, string data, params (string Key, string Value)[] settings)
    {
        var server = new ServerProcess(data, Ports.Next(), settings.ToDictionary(s => s.Key, s => s.Value)) { workingDirectory = workingDirectory };
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the process anew on the same folder and port.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = workingDirectory };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Fabric.Web.dll"));
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(Address);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_USE_POLLING_FILE_WATCHER"] = "1";
        start.Environment["Fabric__Data"] = Data;
        // A busy machine is no silent cell.
        start.Environment["Fabric__Storage__AnswerSeconds"] = "60";
        start.Environment["Fabric__Access__BootstrapToken"] = BootstrapToken;
        start.Environment["Fabric__Orleans__SiloPort"] = siloPort;
        start.Environment["Fabric__Orleans__GatewayPort"] = gatewayPort;
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>What the process printed, for messages of failed tests.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await ReadAsync(response);
    }

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Asks until the answer satisfies; a time-out says what was expected and what came last.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> condition, string expected, int seconds = 240)
    {
        var watch = Stopwatch.StartNew();
        var last = "none";
        while (watch.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            using var response = await Http.GetAsync(path);
            last = await response.Content.ReadAsStringAsync();
            // A cell that did not answer in time is asked again.
            var late = response.StatusCode is HttpStatusCode.ServiceUnavailable && last.Contains("\"CellUnreachable\"", StringComparison.Ordinal);
            if (!late && await ReadAsync(response) is var answer && condition(answer))
                return answer;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{path}: expected {expected}; last answer: {last}\n{Tail()}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is not null)
            await KillAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery} answered {(int)response.StatusCode}: {text}\n{Tail()}");
        return JsonNode.Parse(text.Length > 0 ? text : "{}")!;
    }

    private async Task ReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(180))
        {
            if (process!.HasExited)
            {
                // Its last words may still be on their way.
                await process.WaitForExitAsync();
                throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Tail()}");
            }

            try
            {
                using var response = await Http.GetAsync("/readyz");
                if (response.StatusCode is HttpStatusCode.OK)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // It does not listen yet, or takes its time.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The server was not ready within three minutes:\n{Tail()}");
    }

    private string Tail() => Output is { Length: > 4000 } text ? text[^4000..] : Output;

    private void Keep(string? line)
    {
        lock (output)
            output.AppendLine(line);
    }
}
