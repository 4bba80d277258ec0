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

    /// <summary>Section of the settings of Microsoft Entra ID, with EntraId.</summary>
    public const string EntraSection = "AzureAd";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">The mode is none; the message names the key.</exception>
    public static AccessOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Mode"] is { Length: > 0 } mode && !Enum.GetNames<AccessMode>().Contains(mode, StringComparer.OrdinalIgnoreCase))
            throw new InvalidOperationException($"{Section}:Mode is '{mode}': use {string.Join(", ", Enum.GetNames<AccessMode>())}.");
        return section.Get<AccessOptions>() ?? new AccessOptions();
    }

    /// <summary>Every fault of the settings, each naming its key; empty when the server may start.</summary>
    /// <param name="development">Whether the host's environment is Development.</param>
    /// <param name="urls">Addresses the server will listen on.</param>
    /// <param name="entra">Settings of Microsoft Entra ID.</param>
    public IReadOnlyList<string> Faults(bool development, IEnumerable<string> urls, IConfiguration? entra = null)
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

        if (Mode is AccessMode.OpenIdConnect)
            faults.AddRange(IssuerFaults());
        if (Mode is AccessMode.EntraId)
            faults.AddRange(EntraFaults(entra));
        return faults;
    }

    private IEnumerable<string> IssuerFaults()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http"))
            yield return $"{Section}:Authority is '{Authority}': give the address of the issuer, such as https://login.example.com.";
        else if (authority.Scheme != "https" && !authority.IsLoopback)
            yield return $"{Section}:Authority is {Authority}: an issuer must be reached over https, unless it is on loopback.";
        if (ClientId.Length == 0)
            yield return $"{Section}:ClientId is not set: give the id that the issuer knows Fabric by.";
    }

    private static IEnumerable<string> EntraFaults(IConfiguration? entra)
    {
        if (!Uri.TryCreate(entra?["Instance"], UriKind.Absolute, out var instance) || instance.Scheme != "https")
            yield return $"{EntraSection}:Instance is '{entra?["Instance"]}': give the address of the cloud's sign-in, usually https://login.microsoftonline.com/.";
        if (entra?["TenantId"] is not { Length: > 0 } tenant)
            yield return $"{EntraSection}:TenantId is not set: give the id or the domain of your Entra tenant.";
        else if (tenant is "common" or "organizations" or "consumers")
            yield return $"{EntraSection}:TenantId is '{tenant}', which lets any organisation give out roles here: give the id or the domain of your own Entra tenant.";
        else if (!Guid.TryParse(tenant, out _) && !(tenant.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(tenant) is UriHostNameType.Dns))
            yield return $"{EntraSection}:TenantId is '{tenant}', which is neither an id (a GUID) nor a domain.";
        if (!Guid.TryParse(entra?["ClientId"], out _))
            yield return $"{EntraSection}:ClientId is '{entra?["ClientId"]}': give the application (client) id of the app registration, a GUID.";
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
