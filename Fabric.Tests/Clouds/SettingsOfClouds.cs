using System.Text.Json.Nodes;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Aws;
using Fabric.Workflows.Clouds.Azure;
using Fabric.Workflows.Clouds.Google;
using Microsoft.Extensions.Options;

namespace Fabric.Tests.Clouds;

/// <summary>What operators set, and what customers are told to make.</summary>
public sealed class SettingsOfClouds
{
    private static readonly CloudAccount Subscription = SampleAccounts.Row("azure", "11111111-2222-3333-4444-555555555555", new JsonObject { ["kind"] = "federated", ["proof"] = "the-proof" });
    private static readonly CloudAccount Project = SampleAccounts.Row("google", "my-project", new JsonObject { ["kind"] = "federation", ["proof"] = "the-proof" });

    [Fact]
    public void Every_wrong_setting_names_its_key()
    {
        Assert.Empty(new AwsOptions().Faults().Concat(new AzureOptions().Faults()).Concat(new GoogleOptions().Faults()));
        Assert.All(new AwsOptions { Principal = "me", AccessKeyId = "x", Endpoint = "nowhere", Region = "mars", SessionMinutes = 61, TimeoutSeconds = 0 }.Faults(), fault => Assert.StartsWith("Fabric:Clouds:Aws:", fault, StringComparison.Ordinal));
        Assert.Equal(6, new AwsOptions { Principal = "me", AccessKeyId = "x", Endpoint = "nowhere", Region = "mars", SessionMinutes = 61, TimeoutSeconds = 0 }.Faults().Count());
        Assert.Equal(4, new AzureOptions { Authority = "http://x", Environment = "mars", TokenFile = "x", TimeoutSeconds = 301 }.Faults().Count());
        Assert.Equal(3, new GoogleOptions { Endpoint = "nowhere", TokenFile = "x", TimeoutSeconds = 0 }.Faults().Count());
    }

    [Fact]
    public void A_setup_says_what_the_operator_has_not_set()
    {
        Assert.Contains("Fabric:Clouds:Aws:Principal", Aws(new AwsOptions()).Fault, StringComparison.Ordinal);
        Assert.Contains("Fabric:Clouds:Azure:Issuer", Azure(new AzureOptions()).Fault, StringComparison.Ordinal);
        Assert.Contains("Fabric:Clouds:Google:Issuer", Google(new GoogleOptions()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setup_carries_who_the_server_is_and_what_proves_the_account()
    {
        var aws = Text(Aws(new AwsOptions { Principal = "arn:aws:iam::999999999999:role/fabric" }));
        Assert.Contains("arn:aws:iam::999999999999:role/fabric", aws, StringComparison.Ordinal);
        Assert.Contains("fabric-0123456789abcdef", aws, StringComparison.Ordinal);
        foreach (var text in new[] { Text(Azure(new AzureOptions { Issuer = "https://issuer.example.com", Subject = "fabric-subject" })), Text(Google(new GoogleOptions { Issuer = "https://issuer.example.com", Subject = "fabric-subject" })) })
            Assert.All(["https://issuer.example.com", "fabric-subject", "fabric-connection=the-proof"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static string Text(CloudSetup setup) => string.Join('\n', setup.Steps.Select(step => step.Content));

    private static CloudSetup Aws(AwsOptions options) => First(AwsServices.Make(Options.Create(options), TimeProvider.System), SampleAccounts.AwsRole("123456789012"));

    private static CloudSetup Azure(AzureOptions options)
    {
        using var http = new HttpClient();
        return First(AzureServices.Make(Options.Create(options), http), Subscription);
    }

    private static CloudSetup Google(GoogleOptions options) => First(GoogleServices.Make(Options.Create(options), TimeProvider.System), Project);

    private static CloudSetup First(ICloud cloud, CloudAccount row) => cloud.Setup(row, cloud.SignIns[0]);
}
