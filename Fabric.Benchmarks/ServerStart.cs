using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fabric.Benchmarks;

/// <summary>The server as a process of its own: from start to its first page, and what it takes when nobody asks anything of it.</summary>
internal sealed class ServerStart : IFigure
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public string Name => "server";

    public string Title => "The server on an empty folder, and started again";

    public async Task<IReadOnlyList<Measure>> MeasureAsync(string folder)
    {
        var (first, _) = await StartAsync(folder, TimeSpan.Zero);
        var (again, memory) = await StartAsync(folder, Idle);
        return
        [
            new("start to first page, new installation", first.TotalSeconds, "s"),
            new("start to first page, later", again.TotalSeconds, "s"),
            new("memory at idle", memory / 1024.0 / 1024.0, "MB"),
        ];
    }

    private static async Task<(TimeSpan Page, long Memory)> StartAsync(string folder, TimeSpan idle)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Fabric.Web.dll"));
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(address);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Fabric__Data"] = folder;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            await FirstPageAsync(address, process);
            var page = Stopwatch.GetElapsedTime(started);
            await Task.Delay(idle, TimeProvider.System, CancellationToken.None);
            process.Refresh();
            return (page, process.WorkingSet64);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task FirstPageAsync(string address, Process process)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        while (!process.HasExited)
        {
            try
            {
                using var page = await http.GetAsync("/");
                if (page.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        throw new InvalidOperationException($"The server ended with code {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
