using System.Security.Cryptography;
using System.Text;
using Fabric.Protocol;
using Fabric.Protocol.Enrolment;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

/// <summary>
/// Turns a one-time token into an identity, once; a restart needs no token. A further token adds an environment, and never takes the identity
/// away that others are served with.
/// </summary>
internal sealed partial class Enroller(
    ServerClient server, AgentStore store, AgentKeys keys, AgentFacts facts, AgentConfig config, Retry retry, TimeProvider time, ILogger<Enroller> log)
{
    private readonly string? tokenHash = config.Token is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(config.Token)));

    /// <summary>Waits until this agent has an identity.</summary>
    /// <exception cref="InvalidOperationException">It has none, and no token to get one.</exception>
    public async Task EnsureAsync(CancellationToken ct)
    {
        if (store.State is not null) return;
        if (tokenHash is null) throw new InvalidOperationException("FABRIC_TOKEN: needed, this agent has not enrolled yet.");
        await EnrolAsync(tokenHash, ct);
    }

    /// <summary>
    /// Hands a new token in beside the work: what is served already does not wait for it. Ends when stopped, or when the agent is another one from
    /// now on (a new installation knows none of the old one's): then everything starts anew with that.
    /// </summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        var before = store.State?.AgentId;
        if (tokenHash is not null && store.State?.TokenHash != tokenHash) await EnrolAsync(tokenHash, ct);
        if (store.State?.AgentId != before) return;
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
    }

    private async Task EnrolAsync(string hash, CancellationToken ct)
    {
        while (true)
        {
            var result = await server.EnrolAsync(Request(), ct);
            if (result.Reply is { } reply && Fault(reply) is null && await TakeAsync(reply, hash, ct)) return;
            if (result.Reply is null) LogFailed(log, result.Message);
            if (store.State is not null && result.Problem is { } problem && AgentErrorCodes.NeedsAPerson(problem.Code)) return;
            await retry.WaitAsync(result.Problem, ct);
        }
    }

    /// <summary>True when nothing more is to be done: the reply is stored, or it is another cell's and this agent has one.</summary>
    private async Task<bool> TakeAsync(EnrolReply reply, string hash, CancellationToken ct)
    {
        if (store.State is { } mine && mine.Cell != reply.Cell)
        {
            LogOtherCell(log, reply.Cell, mine.Cell);
            return true;
        }

        try
        {
            await store.UpdateAsync(state => Next(state, reply, hash), ct);
        }
        catch (InvalidOperationException e)
        {
            LogFailed(log, e.Message);
            return false;
        }

        LogEnrolled(log, reply.AgentId, reply.Cell);
        retry.Succeeded();
        return true;
    }

    private AgentState Next(AgentState? state, EnrolReply reply, string hash) => state is { } mine && mine.AgentId == reply.AgentId
        ? mine with { TokenHash = hash, Url = config.Url.ToString(), CellKeys = reply.CellKeys }
        : State(reply, hash);

    private string? Fault(EnrolReply reply)
    {
        var fault = reply.CellKeys.Count == 0 ? "The reply holds no keys." : reply.CellKeys.Select(k => k.Fault("sig")).FirstOrDefault(f => f is not null);
        if (fault is not null) LogFailed(log, fault);
        return fault;
    }

    private EnrolRequest Request() => new()
    {
        Token = config.Token!,
        ClusterUid = facts.ClusterUid,
        ClusterName = facts.ClusterName,
        AgentVersion = AgentFacts.AgentVersion,
        ProtocolVersion = ProtocolVersion.Current,
        SigningKey = keys.SigningPublic,
        SealingKey = keys.SealingPublic,
        KubernetesVersion = facts.KubernetesVersion,
        Scope = facts.Scope,
    };

    private AgentState State(EnrolReply reply, string hash) => new()
    {
        AgentId = reply.AgentId,
        Cell = reply.Cell,
        Url = config.Url.ToString(),
        TokenHash = hash,
        Incarnation = reply.Incarnation,
        Accepted = [reply.Incarnation],
        CellKeys = reply.CellKeys,
    };
}
