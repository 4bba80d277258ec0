using System.Net;
using System.Net.Sockets;

namespace Fabric.Tests.Support;

/// <summary>
/// Ports of loopback that stay a test's own. They lie below those that systems give to connections, so that a server which was
/// killed finds its port again, and each is handed out once.
/// </summary>
internal static class Ports
{
    private const int First = 12_000;
    private const int Count = 20_000;

    // Runs beside each other begin at different places.
    private static int taken = Random.Shared.Next(Count);

    /// <summary>A port nobody listens on.</summary>
    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref taken) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"Something listens on each port of loopback from {First} to {First + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
