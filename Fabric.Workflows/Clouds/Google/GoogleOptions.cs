namespace Fabric.Workflows.Clouds.Google;

/// <summary>How this server meets Google Cloud: section <c>Fabric:Clouds:Google</c>.</summary>
public sealed class GoogleOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Clouds:Google";

    /// <summary>File with the token by which this server shows who it is; its platform keeps it fresh. Needed for workload identity federation.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Who issues that token; customers' providers name it.</summary>
    public string? Issuer { get; set; }

    /// <summary>The token's subject; customers' providers name it.</summary>
    public string? Subject { get; set; }

    /// <summary>One address for every service in place of Google's own, each below its name: an emulator.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How long one answer may take, seconds: 1 to 300.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (Endpoint is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            yield return $"{Section}:Endpoint: '{endpoint}' is no http or https address.";
        if (TokenFile is { Length: > 0 } && (string.IsNullOrEmpty(Issuer) || string.IsNullOrEmpty(Subject)))
            yield return $"{Section}:TokenFile needs {Section}:Issuer and {Section}:Subject beside it: customers' providers name them.";
        if (TimeoutSeconds is < 1 or > 300)
            yield return $"{Section}:TimeoutSeconds is {TimeoutSeconds}; it must be between 1 and 300.";
    }

    /// <summary>Where a service is. A key or a customer's own file may name others; they are not listened to.</summary>
    internal Uri Address(string service, string path) =>
        new(Endpoint is { Length: > 0 } endpoint ? $"{endpoint.TrimEnd('/')}/{service}/{path}" : $"https://{service}.googleapis.com/{path}");
}
