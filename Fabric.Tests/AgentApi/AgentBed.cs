using System.Security.Cryptography;
using System.Text.Json;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Sync;
using Fabric.Tests.Storage;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.AgentApi;

/// <summary>The agent's side of a server on a real cell: its classes without a host, and one agent's keys.</summary>
internal sealed class AgentBed : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly FabricStorage storage;

    private AgentBed(DirectoryInfo folder, FabricStorage storage, FakeTimeProvider time)
    {
        (this.folder, this.storage, Time) = (folder, storage, time);
        Signals = new AgentSignals(storage);
        Enroller = new Enroller(storage, time);
        Check = new AssertionCheck(new AgentDirectory(storage, time), time);
        Signer = new IntentSigner(time);
        Syncs = new SyncAnswerer(Signals, Signer, time, NullLogger<SyncAnswerer>.Instance);
    }

    public FakeTimeProvider Time { get; }

    public Cell Cell => storage.Cells.Get("eu-1");

    public AgentSignals Signals { get; }

    public Enroller Enroller { get; }

    public AssertionCheck Check { get; }

    public IntentSigner Signer { get; }

    public SyncAnswerer Syncs { get; }

    /// <summary>The check of a server that starts now.</summary>
    public AssertionCheck Restarted() => new(new AgentDirectory(storage, Time), Time);

    public ECDsa Signing { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDiffieHellman Sealing { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public string Folder => folder.FullName;

    public IReadOnlyList<Jwk> Trusted => [.. Cell.Keys.AllSigning.Select(key => key.Use(Jwk.OfSigning))];

    public static async Task<AgentBed> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fabric-agentapi-");
        var time = new FakeTimeProvider(Rows.Now);
        var options = new StorageOptions { Data = folder.FullName, Cells = ["local", "eu-1"] };
        return new AgentBed(folder, await FabricStorage.OpenAsync(options, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance), time);
    }

    public async Task<FabricEnvironment> EnvironmentAsync(string name = "prod", string tenant = "acme")
    {
        var environment = Rows.Environment(name, tenant, "eu-1");
        await Cell.Journal.CommitAsync(new JournalBatch().Add(environment));
        return environment;
    }

    public async Task<string> TokenAsync(Guid environment, string tenant = "acme", string cell = "eu-1")
    {
        var (token, row) = EnrollmentTokens.Create(cell, tenant, environment, Time.GetUtcNow());
        await storage.Cells.Get(cell).Journal.CommitAsync(new JournalBatch().Add(row));
        return token;
    }

    public EnrolRequest EnrolRequest(string token, ECDsa? key = null) => new()
    {
        Token = token,
        ClusterUid = "uid-1",
        ClusterName = "cluster",
        AgentVersion = "1.0.0",
        ProtocolVersion = ProtocolVersion.Current,
        SigningKey = Jwk.OfSigning(key ?? Signing),
        SealingKey = Jwk.OfSealing(Sealing),
        KubernetesVersion = "v1.33.2",
        Scope = AgentScope.Cluster,
    };

    public async Task<EnrolReply> EnrolledAsync(string token) =>
        Assert.IsType<JsonHttpResult<EnrolReply>>(await Enroller.EnrolAsync(EnrolRequest(token), CancellationToken.None)).Value!;

    public async Task<AgentProblem> RefusedAsync(EnrolRequest request) => Problem(await Enroller.EnrolAsync(request, CancellationToken.None));

    public static AgentProblem Problem(IResult? result)
    {
        var problem = Assert.IsType<JsonHttpResult<AgentProblem>>(result);
        Assert.Equal(problem.StatusCode, problem.Value!.Status);
        return problem.Value;
    }

    /// <summary>An agent that serves a new environment.</summary>
    public async Task<(AgentRecord Agent, FabricEnvironment Environment)> ConnectAsync()
    {
        var environment = await EnvironmentAsync();
        var reply = await EnrolledAsync(await TokenAsync(environment.Id));
        return (await AgentAsync(reply.AgentId), environment);
    }

    /// <summary>Another agent, on a cluster of its own, that the environment is bound to from now on.</summary>
    public async Task<AgentRecord> ReplaceAsync(Guid environment)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = await TokenAsync(environment);
        var reply = Assert.IsType<JsonHttpResult<EnrolReply>>(await Enroller.EnrolAsync(EnrolRequest(token, other) with { ClusterUid = "uid-2" }, CancellationToken.None)).Value!;
        return await AgentAsync(reply.AgentId);
    }

    public Task<AgentRecord> AgentAsync(Guid id) => ReadAsync(db => db.Agents.SingleAsync(agent => agent.Id == id));

    public async Task<Intent> IntendAsync(AgentRecord agent, Guid environment, Intent? before = null, string kind = "apply", string objects = "[]")
    {
        var intent = Rows.Intent(environment, agent.Id) with
        {
            EntityId = before?.EntityId ?? Rows.NewId(),
            Generation = (before?.Generation ?? 0) + 1,
            Kind = kind,
            Payload = $$"""{"namespace":"fabric-prod","objects":{{objects}}}""",
        };
        return (await Cell.Journal.CommitAsync(new JournalBatch().Put(intent))).OfType<Intent>().Single();
    }

    public SyncRequest SyncRequest(AgentRecord agent, SyncReply? last = null, int hold = 0) => new()
    {
        AgentId = agent.Id,
        Cursor = last?.Cursor ?? 0,
        Digest = last?.Digest ?? SyncDigest.Compute([]),
        Incarnation = Cell.Incarnation,
        ProtocolVersion = ProtocolVersion.Current,
        HoldSeconds = hold,
    };

    public async Task<SyncReply> SyncAsync(AgentRecord agent, SyncReply? last = null) =>
        (await Syncs.AnswerAsync(Cell, agent, SyncRequest(agent, last), CancellationToken.None))!;

    public IntentPayload Open(SignedIntent intent)
    {
        var opened = SignedMessage.OpenIntent(intent.Jws, Trusted);
        Assert.True(opened.IsTrusted);
        return opened.Value!;
    }

    public async Task<T> ReadAsync<T>(Func<CellDb, Task<T>> query)
    {
        await using var db = Cell.Open(TenantScope.All);
        return await query(db);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
        Enroller.Dispose();
        Signer.Dispose();
        Signing.Dispose();
        Sealing.Dispose();
    }
}
