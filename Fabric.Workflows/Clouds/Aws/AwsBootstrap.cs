using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>
/// The bootstrap that the built-in <c>kubernetes</c> module makes: a secret and a CodeBuild project inside the network, both named after
/// the cluster. A module of one's own takes part by making the same two.
/// </summary>
internal sealed class AwsBootstrap(AwsRequests requests) : IAgentBootstrap
{
    public async Task<Outcome<string>> StartAsync(CloudSession session, string region, string cluster, IReadOnlyDictionary<string, string> owner, Func<Task<string>> manifest, Guid key, CancellationToken cancellationToken)
    {
        var (keys, name) = (AwsKeys.Of(session), $"{cluster}-agent");
        var found = await BuildAsync(keys, region, "BatchGetProjects", new JsonObject { ["names"] = new JsonArray(name) }, cancellationToken);
        if (!found.Succeeded)
            return found.Cast<string>();
        if (found.Value["projects"] is not JsonArray { Count: > 0 })
            return CloudFaults.WithoutBootstrap(cluster);
        var described = await requests.JsonAsync(keys, "secretsmanager", region, "secretsmanager.DescribeSecret", new JsonObject { ["SecretId"] = name }, cancellationToken);
        if (!described.Succeeded)
            return described.Cast<string>();
        if (!owner.All(tag => (described.Value["Tags"] as JsonArray ?? []).Any(carried => (string?)carried?["Key"] == tag.Key && (string?)carried?["Value"] == tag.Value)))
            return CloudFaults.WithoutBootstrap(cluster);
        var secret = new JsonObject { ["SecretId"] = name, ["SecretString"] = await manifest(), ["ClientRequestToken"] = key.ToString() };
        var put = await requests.JsonAsync(keys, "secretsmanager", region, "secretsmanager.PutSecretValue", secret, cancellationToken);
        if (!put.Succeeded)
            return put.Cast<string>();
        var started = await BuildAsync(keys, region, "StartBuild", new JsonObject { ["projectName"] = name, ["idempotencyToken"] = key.ToString() }, cancellationToken);
        if (!started.Succeeded)
            return started.Cast<string>();
        return (string?)started.Value["build"]?["id"] is { Length: > 0 } id ? id : AwsFaults.NotUnderstood("codebuild");
    }

    public async Task<Outcome<BootstrapState>> LookAsync(CloudSession session, string region, string run, CancellationToken cancellationToken)
    {
        var answer = await BuildAsync(AwsKeys.Of(session), region, "BatchGetBuilds", new JsonObject { ["ids"] = new JsonArray(run) }, cancellationToken);
        if (!answer.Succeeded)
            return answer.Cast<BootstrapState>();
        // A build that is not there any more has been removed with its project: nothing comes of it.
        return (string?)(answer.Value["builds"] as JsonArray ?? []).FirstOrDefault()?["buildStatus"] switch
        {
            "IN_PROGRESS" => BootstrapState.Running,
            "SUCCEEDED" => BootstrapState.Succeeded,
            _ => BootstrapState.Failed,
        };
    }

    private Task<Outcome<JsonObject>> BuildAsync(AwsKeys keys, string region, string operation, JsonObject body, CancellationToken ct) =>
        requests.JsonAsync(keys, "codebuild", region, $"CodeBuild_20161006.{operation}", body, ct);
}
