using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Clients of the SDK for one region, and their failures as faults.</summary>
internal sealed class AwsClients(IOptions<AwsOptions> options)
{
    /// <summary>STS as the server itself.</summary>
    public AmazonSecurityTokenServiceClient OwnSts(string region)
    {
        var settings = options.Value;
        var config = Configure(new AmazonSecurityTokenServiceConfig(), region);
        return settings.AccessKeyId is { Length: > 0 } id
            ? new AmazonSecurityTokenServiceClient(new BasicAWSCredentials(id, settings.SecretAccessKey), config)
            : new AmazonSecurityTokenServiceClient(config);
    }

    /// <summary>STS as an account's session.</summary>
    public AmazonSecurityTokenServiceClient Sts(AwsKeys keys, string region) => new(keys.ToSdk(), Configure(new AmazonSecurityTokenServiceConfig(), region));

    /// <summary>EC2 as an account's session.</summary>
    public AmazonEC2Client Ec2(AwsKeys keys, string region) => new(keys.ToSdk(), Configure(new AmazonEC2Config(), region));

    /// <summary>Asks, and turns what the SDK throws into a fault.</summary>
    /// <param name="what">What is asked: a service and a region.</param>
    /// <param name="ask">The question.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<Outcome<T>> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException e) when (e.InnerException is null || !AwsFaults.IsUnreachable(e.InnerException, ct) || e.ErrorCode is { Length: > 0 })
        {
            return AwsFaults.Of(e, what);
        }
        catch (Exception e) when (e is AmazonServiceException || AwsFaults.IsUnreachable(e, ct))
        {
            return AwsFaults.Silent(what);
        }
        catch (AmazonClientException)
        {
            return CloudFaults.Unprepared(
                $"This server has no credentials of its own at AWS: its operator must set {AwsOptions.Section}:AccessKeyId and {AwsOptions.Section}:SecretAccessKey, or give it a role where it runs.");
        }
    }

    private T Configure<T>(T config, string region)
        where T : ClientConfig
    {
        config.Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        config.MaxErrorRetry = 2;
        if (options.Value.Endpoint is { Length: > 0 } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }
}
