using System.Net;

namespace Fabric.Web.Access;

/// <summary>How people and programs sign in.</summary>
public enum AccessMode
{
    /// <summary>Pick a role. Only in the Development environment, and only while the server listens on loopback alone.</summary>
    Development,

    /// <summary>Any OpenID Connect issuer.</summary>
    OpenIdConnect,

    /// <summary>Microsoft Entra ID.</summary>
    EntraId,
}

/// <summary>Settings of section <c>Fabric:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Access";

    /// <summary>Shortest bootstrap token, characters.</summary>
    public const int BootstrapLength = 32;

    /// <summary>How people sign in; default Development.</summary>
    public AccessMode Mode { get; set; } = AccessMode.Development;

    /// <summary>First API token of a new installation, at least 32 characters; it has the vendor's admin role. Empty for none.</summary>
    public string BootstrapToken { get; set; } = "";

    /// <summary>Issuer, with OpenIdConnect.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Client id, with OpenIdConnect.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Client secret, with OpenIdConnect.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Every fault of the settings, each naming its key; empty when the server may start.</summary>
    /// <param name="development">Whether the host's environment is Development.</param>
    /// <param name="urls">Addresses the server will listen on.</param>
    public IReadOnlyList<string> Faults(bool development, IEnumerable<string> urls)
    {
        var faults = new List<string>();
        if (BootstrapToken.Length is > 0 and < BootstrapLength)
            faults.Add($"{Section}:BootstrapToken has {BootstrapToken.Length} characters; it needs at least {BootstrapLength} (openssl rand -base64 32).");
        if (Mode is AccessMode.Development)
        {
            if (!development)
                faults.Add($"{Section}:Mode is Development, but the environment is not: set it to OpenIdConnect or EntraId.");
            faults.AddRange(urls.Where(url => !IsLoopback(url)).Select(url => $"{Section}:Mode is Development, but the server would listen on {url}: it may listen on loopback alone (http://localhost:5080)."));
        }

        if (Mode is AccessMode.OpenIdConnect && (Authority.Length == 0 || ClientId.Length == 0))
            faults.Add($"{Section}:Authority and {Section}:ClientId must be set with OpenIdConnect.");
        return faults;
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
