using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Fabric.Web.Hosting;

/// <summary>Where this server listens.</summary>
internal sealed partial class ServerAddress(IServer server)
{
    /// <summary>The first address; known once the server has started.</summary>
    public string First => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";

    /// <summary>Where a process of this machine reaches the server: over plain HTTP where it listens so. Null while it does not listen.</summary>
    public string? Loopback
    {
        get
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
            return (addresses?.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses?.FirstOrDefault()) is { } address
                ? EveryAddress().Replace(address, "//127.0.0.1")
                : null;
        }
    }

    [GeneratedRegex(@"//(\[::\]|0\.0\.0\.0|\+|\*)")]
    private static partial Regex EveryAddress();
}
