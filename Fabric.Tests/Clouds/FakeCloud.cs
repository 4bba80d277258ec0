using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Clouds;

/// <summary>A stand-in of a cloud: it lets everybody in, and remembers by what.</summary>
internal sealed class FakeCloud(string name) : ICloud
{
    private static readonly Dictionary<string, string> NoTags = [];

    public string Name => name;

    public CloudWords Words => new("Fake", "account", "anything", "one", "eu-central-1");

    public IReadOnlyList<SignInKind> SignIns { get; } =
    [
        new("trust", "Trust", "Nothing secret.", [new("who", "Who", "A name."), new("mark", "Mark", "Fabric's.", Given: true)]),
        new("key", "Key", "A secret.", [new("who", "Who", "A name.")], new SignInField("word", "Word", "The secret word.")),
    ];

    /// <summary>What the last session was opened by.</summary>
    public (string? Secret, string Region, string Purpose)? Opened { get; private set; }

    /// <summary>When set, nobody is let in.</summary>
    public OperationFault? Fault { get; set; }

    /// <summary>Ends when a preflight has begun.</summary>
    public TaskCompletionSource Asked { get; } = new();

    /// <summary>What a preflight waits for.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public OperationFault? RegionFault(string region) => region.Contains(' ', StringComparison.Ordinal) ? new OperationFault(FaultKind.Invalid, "Invalid", "No region.", "region") : null;

    public IReadOnlyDictionary<string, string> Given(string account) => new Dictionary<string, string> { ["mark"] = $"mark-of-{account}" };

    public IReadOnlyList<OperationFault> Check(CloudAccount account, string? secret) =>
        account.SignInField("who").Length > 0 ? [] : [new OperationFault(FaultKind.Invalid, "Invalid", "Say who.", "signIn.who")];

    public CloudSetup Setup(CloudAccount account, SignInKind kind) => new(null, [new SetupStep("Trust", "Trust the mark.", "mark.txt", account.SignInField("mark"))]);

    public Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
            return Task.FromResult<Outcome<CloudSession>>(fault);
        Opened = (account.Secret, region, purpose);
        return Task.FromResult<Outcome<CloudSession>>(new CloudSession(account.Row.Account, new Dictionary<string, string>(), account.Secret is { } secret ? [secret] : [], null));
    }

    public async Task<IReadOnlyList<PreflightCheck>> PreflightAsync(OpenedAccount account, CancellationToken cancellationToken)
    {
        Asked.TrySetResult();
        await Held;
        return Fault is null ? [PreflightCheck.Passed("Sign-in", "It works.")] : [PreflightCheck.Failed("Sign-in", Fault.Message, "Mend it.")];
    }

    public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(CloudSession session, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(new[] { new CloudResource("fake", "found", "", tags) });

    public Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(CloudSession session, string region, string networkId, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(new[] { new CloudResource("fake", networkId, "", NoTags) });

    public Task<Outcome<bool>> RemoveAsync(CloudSession session, string region, CloudResource resource, CancellationToken cancellationToken) => Task.FromResult<Outcome<bool>>(true);
}
