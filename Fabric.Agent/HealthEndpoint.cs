using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fabric.Agent;

/// <summary>Answers <c>/healthz</c> and <c>/readyz</c> for the kubelet, with nothing but a socket: a web server would double the binary.</summary>
internal sealed class HealthEndpoint(int port, Func<bool> ready)
{
    public async Task RunAsync(CancellationToken ct)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        listener.Start();
        while (!ct.IsCancellationRequested)
        {
            using var caller = await listener.AcceptTcpClientAsync(ct);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            try
            {
                await AnswerAsync(caller.GetStream(), limit.Token);
            }
            catch (Exception e) when (e is IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                // Whoever asked has gone.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var buffer = new byte[1024];
        var read = await stream.ReadAsync(buffer, ct);
        var line = Encoding.ASCII.GetString(buffer, 0, read).Split('\n')[0];
        var status = line.StartsWith("GET /healthz ", StringComparison.Ordinal) ? "200 OK"
            : !line.StartsWith("GET /readyz ", StringComparison.Ordinal) ? "404 Not Found"
            : ready() ? "200 OK" : "503 Service Unavailable";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), ct);
    }
}
