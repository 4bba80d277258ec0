using Amazon.Runtime;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Keys that a request is signed with.</summary>
internal sealed class AwsKeys(string id, string secret, string? token)
{
    public const string IdVariable = "AWS_ACCESS_KEY_ID";
    public const string SecretVariable = "AWS_SECRET_ACCESS_KEY";
    public const string TokenVariable = "AWS_SESSION_TOKEN";

    public string Id { get; } = id;

    public string Secret { get; } = secret;

    /// <summary>Null for long-lived keys.</summary>
    public string? Token { get; } = token;

    /// <summary>The keys that a session's variables carry.</summary>
    public static AwsKeys Of(CloudSession session) =>
        new(session.Variables[IdVariable], session.Variables[SecretVariable], session.Variables.GetValueOrDefault(TokenVariable));

    /// <summary>As the SDK takes them.</summary>
    public AWSCredentials ToSdk() => Token is null ? new BasicAWSCredentials(Id, Secret) : new SessionAWSCredentials(Id, Secret, Token);
}
