using System.Security.Cryptography;
using System.Text;
using Fabric.Protocol;
using Fabric.Protocol.Enrolment;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

/// <summary>Turns a one-time token into an identity, once; a restart needs no token.</summary>
internal sealed partial class Enroller(
    ServerClient server, AgentStore store, AgentKeys keys, AgentFacts facts, AgentConfig config, Retry retry, ILogger<Enroller> log)
{
    public async Task EnsureAsync(CancellationToken ct)
    {
        var tokenHash = config.Token is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(config.Token)));
        if (store.State is { } known && (tokenHash is null || known.TokenHash == tokenHash)) return;
        if (tokenHash is null) throw new InvalidOperationException("FABRIC_TOKEN: needed, this agent has not enrolled yet.");
        while (true)
        {
            var result = await server.EnrolAsync(Request(), ct);
            if (result.Reply is { } reply && Fault(reply) is not { } fault)
            {
                await store.UpdateAsync(_ => State(reply, tokenHash), ct);
                LogEnrolled(log, reply.AgentId, reply.Cell);
                retry.Succeeded();
                return;
            }

            LogFailed(log, result.Reply is null ? result.Message : "The reply holds a key that is none.");
            await retry.WaitAsync(result.Problem, ct);
        }
    }

    private static string? Fault(EnrolReply reply) =>
        reply.CellKeys.Count == 0 ? "No keys." : reply.CellKeys.Select(k => k.Fault("sig")).FirstOrDefault(f => f is not null);

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

    private AgentState State(EnrolReply reply, string tokenHash) => new()
    {
        AgentId = reply.AgentId,
        Cell = reply.Cell,
        Url = config.Url.ToString(),
        TokenHash = tokenHash,
        Incarnation = reply.Incarnation,
        Accepted = [reply.Incarnation],
        CellKeys = reply.CellKeys,
    };
}
