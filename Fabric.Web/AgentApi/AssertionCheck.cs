using System.Collections.Concurrent;
using System.Text.Json;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.AgentApi;

/// <summary>Who sent a request: its assertion, checked against the agent's key, method, path and body, and used once.</summary>
internal sealed class AssertionCheck(AgentDirectory agents, TimeProvider time)
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private readonly long startedAt = time.GetUtcNow().ToUnixTimeSeconds();
    private long forgotten = time.GetTimestamp();

    /// <summary>The agent behind a request, or the refusal.</summary>
    public async Task<(Cell? Cell, AgentRecord? Agent, IResult? Refusal)> CheckAsync(HttpContext context, byte[] body, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
        if (AgentAssertion.ReadSubject(token) is not { } subject)
            return Refused(AgentErrorCodes.AssertionInvalid, "The assertion cannot be read.");
        if (await agents.FindAsync(subject, ct) is not var (cell, agent))
            return Refused(AgentErrorCodes.AgentUnknown, "No cell knows this agent.");
        if (agent.RevokedAt is not null)
            return Refused(AgentErrorCodes.AgentRevoked, "The agent is trusted no more.");
        var key = JsonSerializer.Deserialize(agent.SigningKey, JwkJson.Default.Jwk)!;
        var verified = AgentAssertion.Verify(token, key, context.Request.Method, context.Request.Path, body, now);
        if (verified.Claims is not { } claims)
            return Refused(verified.ErrorCode ?? AgentErrorCodes.AssertionInvalid, "The assertion does not fit the request.");
        // What was used before this process began is not remembered; its maker is told the time and signs a new one.
        if (claims.Iat < startedAt)
            return Refused(AgentErrorCodes.ClockSkew, "The assertion is from before the server's start: sign a new one.");
        Forget(now);
        // It verifies until then, also when it was made by a clock that runs ahead.
        return used.TryAdd($"{subject:N}/{claims.Jti}", DateTimeOffset.FromUnixTimeSeconds(claims.Exp) + AgentAssertion.Skew)
            ? (cell, agent, null)
            : Refused(AgentErrorCodes.AssertionReplayed, "The assertion was used before.");

        (Cell?, AgentRecord?, IResult?) Refused(string code, string title) => (null, null, Answers.Refuse(StatusCodes.Status401Unauthorized, code, title, now));
    }

    private void Forget(DateTimeOffset now)
    {
        var since = Volatile.Read(ref forgotten);
        if (time.GetElapsedTime(since) < ForgetEvery || Interlocked.CompareExchange(ref forgotten, time.GetTimestamp(), since) != since)
            return;
        foreach (var (jti, until) in used)
        {
            if (until < now)
                used.TryRemove(jti, out _);
        }
    }
}
