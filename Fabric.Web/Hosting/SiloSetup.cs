using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Fabric.Web.Hosting;

/// <summary>The silo of this process: alone on this machine, its ports free ones unless <c>Fabric:Orleans</c> names them.</summary>
internal static class SiloSetup
{
    /// <summary>Key of the silo's port; 0 for a free one.</summary>
    public const string SiloPortKey = "Fabric:Orleans:SiloPort";

    /// <summary>Key of the gateway's port; 0 for a free one.</summary>
    public const string GatewayPortKey = "Fabric:Orleans:GatewayPort";

    public static void Configure(IConfiguration configuration, ISiloBuilder silo)
    {
        var siloPort = Port(configuration, SiloPortKey);
        silo.UseLocalhostClustering(siloPort, Port(configuration, GatewayPortKey), new IPEndPoint(IPAddress.Loopback, siloPort));
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(15));
    }

    private static int Port(IConfiguration configuration, string key) =>
        configuration.GetValue(key, 0) is > 0 and var port ? port : FreePort();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
