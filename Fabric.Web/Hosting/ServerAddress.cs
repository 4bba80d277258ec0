using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Fabric.Web.Hosting;

/// <summary>Where this server listens.</summary>
internal sealed class ServerAddress(IServer server)
{
    /// <summary>The first address; known once the server has started.</summary>
    public string First => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
}
