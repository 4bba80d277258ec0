using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Tests.Cluster;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Aws;

namespace Fabric.Tests.Terraform;

/// <summary>
/// moto, an emulator of AWS, on loopback: started by the first test that needs it, ended with the collection. It checks no trust policy,
/// no external id and no permission. A role that is assumed leads to the account in its ARN, so each test has accounts of its own.
/// </summary>
public sealed class Moto : IAsyncDisposable
{
    /// <summary>Environment variable with the command line that runs moto; the port is put behind it.</summary>
    public const string Variable = "FABRIC_MOTO_SERVER";

    /// <summary>The account that plain access keys belong to.</summary>
    public const string OwnAccount = "123456789012";

    private readonly SemaphoreSlim gate = new(1);
    private static int numbered = Random.Shared.Next(100_000, 900_000);
    private ChildProcess? server;
    private Uri? address;

    /// <summary>Where it listens; ask <see cref="NeedAsync"/> first.</summary>
    public Uri Address => address ?? throw new InvalidOperationException("NeedAsync was not called.");

    /// <summary>The settings of a server that takes it for AWS.</summary>
    public AwsOptions Options => new() { Endpoint = Address.ToString().TrimEnd('/'), AccessKeyId = "AKIATHESERVEROWNKEY0", SecretAccessKey = "the-servers-own-secret", Principal = "arn:aws:iam::999999999999:role/fabric", TimeoutSeconds = 120 };

    /// <summary>The same as settings of a server process, whose modules then leave out what the emulator lacks.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Fabric:Clouds:Aws:Endpoint", Options.Endpoint!),
        ("Fabric:Clouds:Aws:AccessKeyId", Options.AccessKeyId!),
        ("Fabric:Clouds:Aws:SecretAccessKey", Options.SecretAccessKey!),
        ("Fabric:Clouds:Aws:Principal", Options.Principal!),
        ("Fabric:Clouds:Aws:TimeoutSeconds", "120"),
        ("Fabric:Terraform:Emulator", "true"),
    ];

    /// <summary>AWS by those settings.</summary>
    public ICloud Aws => AwsServices.Make(Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System);

    /// <summary>The number of an account that no other test uses.</summary>
    public static string NewAccount() => (100_000_000_000 + Interlocked.Increment(ref numbered)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts the emulator if nobody has; skips the test where it is not installed.</summary>
    public async Task NeedAsync(CancellationToken ct)
    {
        var command = Environment.GetEnvironmentVariable(Variable)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipWhen(command is not { Length: > 0 }, $"The AWS emulator is not here: install moto (its server) and name the command that runs it in {Variable}, such as 'moto_server -p'.");
        await gate.WaitAsync(ct);
        try
        {
            if (address is null)
                await StartAsync(command!, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Has the emulator do something that no client here can ask for.</summary>
    public async Task CallAsync(CloudSession session, string service, string region, string version, string action, CancellationToken ct, params (string Name, string Value)[] parameters)
    {
        using var http = new HttpClient();
        var requests = new AwsRequests(Microsoft.Extensions.Options.Options.Create(Options), http, TimeProvider.System);
        var answer = await requests.QueryAsync(AwsKeys.Of(session), service, region, version, action, parameters, ct);
        Assert.True(answer.Succeeded, $"{action}: {(answer.Succeeded ? "" : answer.Faults[0].Message)}");
    }

    /// <summary>Asks the emulator what no client here asks, of a service that speaks JSON.</summary>
    public async Task<JsonObject> JsonAsync(CloudSession session, string service, string region, string target, JsonObject body, CancellationToken ct)
    {
        using var http = new HttpClient();
        var requests = new AwsRequests(Microsoft.Extensions.Options.Options.Create(Options), http, TimeProvider.System);
        var answer = await requests.JsonAsync(AwsKeys.Of(session), service, region, target, body, ct);
        Assert.True(answer.Succeeded, $"{target}: {(answer.Succeeded ? "" : answer.Faults[0].Message)}");
        return answer.Value;
    }

    /// <summary>Asks the emulator what no client here asks, of a service with addresses of its own. It reads account and service off the header, and checks no signature.</summary>
    public async Task<JsonObject> RestAsync(CloudSession session, string service, string region, string path, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        question.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={session.Variables["AWS_ACCESS_KEY_ID"]}/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=none");
        using var answer = await http.SendAsync(question, ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        gate.Dispose();
    }

    private async Task StartAsync(string[] command, CancellationToken ct)
    {
        var port = Ports.Next();
        var at = new Uri($"http://127.0.0.1:{port}");
        server = new ChildProcess(command[0], [.. command[1..], port.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string> { ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true" });
        using var http = new HttpClient();
        await Eventually.BecomesAsync("moto answers", () => AnswersAsync(http, at, ct), answers => answers, ct, 180, () => server.Output);
        address = at;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri at, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(at, "/moto-api/data.json"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>Tests on the emulator share it.</summary>
[CollectionDefinition(Name)]
public sealed class MotoCollection : ICollectionFixture<Moto>
{
    public const string Name = "Moto";
}
