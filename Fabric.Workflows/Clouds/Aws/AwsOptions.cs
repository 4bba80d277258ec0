using System.Text.RegularExpressions;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>How this server meets AWS: section <c>Fabric:Clouds:Aws</c>.</summary>
public sealed partial class AwsOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Clouds:Aws";

    /// <summary>ARN of who this server is at AWS; customers' trust policies name it. Without it no set-up can be shown.</summary>
    public string? Principal { get; set; }

    /// <summary>
    /// Access key of that principal, together with <see cref="SecretAccessKey"/>; without them the AWS SDK's own places are asked
    /// (environment, profile, web identity, container, instance).
    /// </summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The other half of <see cref="AccessKeyId"/>.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>One address for every service in place of AWS's own: an emulator, or a private endpoint. Terraform's provider gets it too.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Region that is asked where a question belongs to none.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>How long a session lasts, minutes: 15 to 60. AWS gives no more than 60 to a role that assumes a role.</summary>
    public int SessionMinutes { get; set; } = 60;

    /// <summary>How long one answer of AWS may take, seconds: 1 to 300.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (Principal is { Length: > 0 } principal && !PrincipalArn().IsMatch(principal))
            yield return $"{Section}:Principal: '{principal}' is no ARN of a role, a user or an account's root, such as arn:aws:iam::123456789012:role/fabric.";
        if (string.IsNullOrEmpty(AccessKeyId) != string.IsNullOrEmpty(SecretAccessKey))
            yield return $"{Section}:AccessKeyId and {Section}:SecretAccessKey belong together: set both or none.";
        if (Endpoint is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            yield return $"{Section}:Endpoint: '{endpoint}' is no http or https address.";
        if (!AwsRegions.IsRegion(Region))
            yield return $"{Section}:Region: '{Region}' is no region, such as us-east-1.";
        if (SessionMinutes is < 15 or > 60)
            yield return $"{Section}:SessionMinutes is {SessionMinutes}; it must be between 15 and 60.";
        if (TimeoutSeconds is < 1 or > 300)
            yield return $"{Section}:TimeoutSeconds is {TimeoutSeconds}; it must be between 1 and 300.";
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|((role|user|assumed-role)/[A-Za-z0-9_+=,.@/-]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrincipalArn();
}
