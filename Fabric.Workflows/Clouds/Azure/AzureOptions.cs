namespace Fabric.Workflows.Clouds.Azure;

/// <summary>How this server meets Azure: section <c>Fabric:Clouds:Azure</c>.</summary>
public sealed class AzureOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Clouds:Azure";

    /// <summary>File with the token by which this server shows who it is; its platform keeps it fresh. Needed for federated sign-in.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Who issues that token; customers' federated credentials name it.</summary>
    public string? Issuer { get; set; }

    /// <summary>The token's subject; customers' federated credentials name it.</summary>
    public string? Subject { get; set; }

    /// <summary>The token's audience.</summary>
    public string Audience { get; set; } = "api://AzureADTokenExchange";

    /// <summary>Where sign-in is; another for a sovereign cloud.</summary>
    public string Authority { get; set; } = "https://login.microsoftonline.com";

    /// <summary>Where resources are managed; another for a sovereign cloud.</summary>
    public string Endpoint { get; set; } = "https://management.azure.com";

    /// <summary>The same for Terraform's provider: <c>public</c>, <c>usgovernment</c> or <c>china</c>.</summary>
    public string Environment { get; set; } = "public";

    /// <summary>How long one answer may take, seconds: 1 to 300.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (key, value) in new[] { (nameof(Authority), Authority), (nameof(Endpoint), Endpoint) })
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme != "https")
                yield return $"{Section}:{key}: '{value}' is no https address.";
        }

        if (Environment is not ("public" or "usgovernment" or "china"))
            yield return $"{Section}:Environment: '{Environment}' is none of public, usgovernment and china.";
        if (TokenFile is { Length: > 0 } && (string.IsNullOrEmpty(Issuer) || string.IsNullOrEmpty(Subject)))
            yield return $"{Section}:TokenFile needs {Section}:Issuer and {Section}:Subject beside it: customers' credentials name them.";
        if (TimeoutSeconds is < 1 or > 300)
            yield return $"{Section}:TimeoutSeconds is {TimeoutSeconds}; it must be between 1 and 300.";
    }
}
