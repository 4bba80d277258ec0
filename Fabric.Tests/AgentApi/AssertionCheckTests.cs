using System.Security.Cryptography;
using System.Text;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Fleet;
using Microsoft.AspNetCore.Http;

namespace Fabric.Tests.AgentApi;

public sealed class AssertionCheckTests : IAsyncLifetime
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}");
    private AgentBed bed = null!;
    private AgentRecord agent = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, _) = await bed.ConnectAsync();
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task The_agents_own_assertion_is_accepted_in_its_cell()
    {
        var (cell, caller, refusal) = await bed.Check.CheckAsync(Request(Assertion()), Body, CancellationToken.None);
        Assert.Null(refusal);
        Assert.Equal(("eu-1", agent.Id), (cell!.Slug, caller!.Id));
    }

    [Fact]
    public async Task An_assertion_is_used_once()
    {
        var assertion = Assertion();
        await bed.Check.CheckAsync(Request(assertion), Body, CancellationToken.None);
        Assert.Equal(AgentErrorCodes.AssertionReplayed, await RefusalAsync(assertion));
    }

    [Fact]
    public async Task One_made_by_a_clock_ahead_is_not_forgotten_while_it_still_verifies()
    {
        var assertion = Assertion(ahead: AgentAssertion.Skew);
        await bed.Check.CheckAsync(Request(assertion), Body, CancellationToken.None);
        bed.Time.Advance(TimeSpan.FromSeconds(110));
        Assert.Equal(AgentErrorCodes.AssertionReplayed, await RefusalAsync(assertion));
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(AgentErrorCodes.AssertionInvalid, await RefusalAsync(Assertion(key: other)));
    }

    [Fact]
    public async Task Another_body_is_refused() =>
        Assert.Equal(AgentErrorCodes.AssertionInvalid, await RefusalAsync(Assertion(), Encoding.UTF8.GetBytes("{ }")));

    [Fact]
    public async Task Another_path_is_refused() => Assert.Equal(AgentErrorCodes.AssertionInvalid, await RefusalAsync(Assertion(path: AgentRoutes.Report)));

    [Fact]
    public async Task An_old_one_is_told_the_time()
    {
        var assertion = Assertion();
        bed.Time.Advance(TimeSpan.FromMinutes(5));
        var (_, _, refusal) = await bed.Check.CheckAsync(Request(assertion), Body, CancellationToken.None);
        var problem = AgentBed.Problem(refusal);
        Assert.Equal((AgentErrorCodes.ClockSkew, bed.Time.GetUtcNow()), (problem.Code, problem.ServerTime));
    }

    [Fact]
    public async Task What_was_signed_before_a_restart_is_not_taken_after_it_and_its_maker_is_told_the_time()
    {
        var assertion = Assertion();
        Assert.Null((await bed.Check.CheckAsync(Request(assertion), Body, CancellationToken.None)).Refusal);
        bed.Time.Advance(TimeSpan.FromSeconds(2));
        var restarted = bed.Restarted();
        var problem = AgentBed.Problem((await restarted.CheckAsync(Request(assertion), Body, CancellationToken.None)).Refusal);
        Assert.Equal((AgentErrorCodes.ClockSkew, bed.Time.GetUtcNow()), (problem.Code, problem.ServerTime));
        Assert.Null((await restarted.CheckAsync(Request(Assertion()), Body, CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task An_agent_that_no_cell_knows_is_refused() => Assert.Equal(AgentErrorCodes.AgentUnknown, await RefusalAsync(Assertion(Guid.NewGuid())));

    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    public async Task What_is_no_assertion_is_refused(string text) => Assert.Equal(AgentErrorCodes.AssertionInvalid, await RefusalAsync(text));

    [Fact]
    public async Task A_revoked_agent_is_refused()
    {
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).RevokeAsync(Storage.Rows.Audit(action: "agent.revoke"));
        Assert.Equal(AgentErrorCodes.AgentRevoked, await RefusalAsync(Assertion()));
    }

    private string Assertion(Guid? subject = null, ECDsa? key = null, string path = AgentRoutes.Sync, TimeSpan ahead = default) => AgentAssertion.Create(
        key ?? bed.Signing, Jwk.OfSigning(bed.Signing).Kid, subject ?? agent.Id, HttpMethods.Post, path, Body, bed.Time.GetUtcNow() + ahead);

    private async Task<string> RefusalAsync(string assertion, byte[]? body = null)
    {
        var (_, _, refusal) = await bed.Check.CheckAsync(Request(assertion), body ?? Body, CancellationToken.None);
        var problem = AgentBed.Problem(refusal);
        Assert.Equal(401, problem.Status);
        return problem.Code;
    }

    private static HttpContext Request(string assertion)
    {
        var context = new DefaultHttpContext { Request = { Method = HttpMethods.Post, Path = AgentRoutes.Sync } };
        context.Request.Headers.Authorization = $"Bearer {assertion}";
        return context;
    }
}
