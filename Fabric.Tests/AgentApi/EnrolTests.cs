using System.Security.Cryptography;
using Fabric.Protocol;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

public sealed class EnrolTests : IAsyncLifetime
{
    private AgentBed bed = null!;

    public async ValueTask InitializeAsync() => bed = await AgentBed.OpenAsync();

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_token_becomes_an_agent_bound_to_its_environment()
    {
        var environment = await bed.EnvironmentAsync();
        var reply = await bed.EnrolledAsync(await bed.TokenAsync(environment.Id));
        Assert.Equal(("eu-1", bed.Cell.Incarnation), (reply.Cell, reply.Incarnation));
        Assert.Equal(bed.Trusted, reply.CellKeys);
        Assert.Equal(reply.AgentId, (await bed.ReadAsync(db => db.AgentBindings.SingleAsync())).AgentId);
        Assert.Equal("agent.enrolled", (await bed.ReadAsync(db => db.AuditEvents.SingleAsync())).Action);
    }

    [Fact]
    public async Task The_token_itself_is_not_stored()
    {
        var token = await bed.TokenAsync((await bed.EnvironmentAsync()).Id);
        Assert.Equal(EnrollmentTokens.Hash(token), (await bed.ReadAsync(db => db.Enrollments.SingleAsync())).TokenHash);
    }

    [Fact]
    public async Task The_same_key_asking_again_gets_the_same_agent()
    {
        var token = await bed.TokenAsync((await bed.EnvironmentAsync()).Id);
        var first = await bed.EnrolledAsync(token);
        Assert.Equal(first.AgentId, (await bed.EnrolledAsync(token)).AgentId);
        Assert.Equal(1, await bed.ReadAsync(db => db.Agents.CountAsync()));
    }

    [Fact]
    public async Task Another_key_is_told_that_the_token_was_used()
    {
        var token = await bed.TokenAsync((await bed.EnvironmentAsync()).Id);
        await bed.EnrolledAsync(token);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var problem = await bed.RefusedAsync(bed.EnrolRequest(token, other));
        Assert.Equal((AgentErrorCodes.TokenUsed, 403), (problem.Code, problem.Status));
    }

    [Fact]
    public async Task Of_two_keys_that_come_at_once_with_one_token_one_enrols()
    {
        var token = await bed.TokenAsync((await bed.EnvironmentAsync()).Id);
        var keys = Enumerable.Range(0, 8).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)).ToList();
        await Task.WhenAll(keys.Select(key => Task.Run(() => bed.Enroller.EnrolAsync(bed.EnrolRequest(token, key), CancellationToken.None))));
        Assert.Equal(1, await bed.ReadAsync(db => db.Agents.CountAsync()));
        keys.ForEach(key => key.Dispose());
    }

    [Fact]
    public async Task A_token_ends_after_15_minutes()
    {
        var token = await bed.TokenAsync((await bed.EnvironmentAsync()).Id);
        bed.Time.Advance(EnrollmentTokens.Life + TimeSpan.FromSeconds(1));
        var problem = await bed.RefusedAsync(bed.EnrolRequest(token));
        Assert.Equal((AgentErrorCodes.TokenExpired, 403), (problem.Code, problem.Status));
    }

    [Theory]
    [InlineData("eu-1.nothing")]
    [InlineData("nowhere.nothing")]
    [InlineData("")]
    public async Task An_unknown_token_is_refused(string token) =>
        Assert.Equal(AgentErrorCodes.TokenInvalid, (await bed.RefusedAsync(bed.EnrolRequest(token))).Code);

    [Fact]
    public async Task An_agent_newer_than_its_server_is_refused()
    {
        var problem = await bed.RefusedAsync(bed.EnrolRequest("eu-1.x") with { ProtocolVersion = ProtocolVersion.Current + 1 });
        Assert.Equal((AgentErrorCodes.ProtocolTooNew, 426), (problem.Code, problem.Status));
    }

    [Fact]
    public async Task A_further_token_gives_the_same_agent_one_more_environment()
    {
        var (agent, _) = await bed.ConnectAsync();
        var second = await bed.EnvironmentAsync("test");
        Assert.Equal(agent.Id, (await bed.EnrolledAsync(await bed.TokenAsync(second.Id))).AgentId);
        Assert.Equal(2, await bed.ReadAsync(db => db.AgentBindings.CountAsync(binding => binding.AgentId == agent.Id)));
    }

    [Fact]
    public async Task The_vendors_agent_takes_a_tenants_environment_in_and_stays_what_it_is()
    {
        var region = await bed.EnvironmentAsync("region", "vendor");
        var agent = await bed.EnrolledAsync(await bed.TokenAsync(region.Id, "vendor"));
        var hosted = await bed.EnvironmentAsync("hosted");
        Assert.Equal(agent.AgentId, (await bed.EnrolledAsync(await bed.TokenAsync(hosted.Id))).AgentId);
        Assert.Equal("vendor", (await bed.AgentAsync(agent.AgentId)).Tenant);
        var bindings = await bed.ReadAsync(db => db.AgentBindings.ToDictionaryAsync(binding => binding.EnvironmentId));
        Assert.Equal((agent.AgentId, "vendor"), (bindings[region.Id].AgentId, bindings[region.Id].Tenant));
        Assert.Equal((agent.AgentId, "acme"), (bindings[hosted.Id].AgentId, bindings[hosted.Id].Tenant));
    }

    [Theory]
    [InlineData("globex")]
    [InlineData("vendor")]
    public async Task A_customers_agent_takes_nobody_elses_environment_in(string tenant)
    {
        var (agent, _) = await bed.ConnectAsync();
        var theirs = await bed.EnvironmentAsync("theirs", tenant);
        var problem = await bed.RefusedAsync(bed.EnrolRequest(await bed.TokenAsync(theirs.Id, tenant)));
        Assert.Equal((AgentErrorCodes.OtherTenant, 403), (problem.Code, problem.Status));
        Assert.Equal(agent.Id, (await bed.ReadAsync(db => db.AgentBindings.SingleAsync())).AgentId);
    }

    [Fact]
    public async Task An_agent_of_one_cell_is_refused_by_another()
    {
        await bed.ConnectAsync();
        var problem = await bed.RefusedAsync(bed.EnrolRequest(await bed.TokenAsync(Guid.NewGuid(), cell: "local")));
        Assert.Equal((AgentErrorCodes.OtherCell, 403), (problem.Code, problem.Status));
        Assert.Contains("serves cell eu-1", problem.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_keys_stay_the_same_agent_when_the_scope_and_with_it_the_clusters_uid_changes()
    {
        var (agent, environment) = await bed.ConnectAsync();
        var again = bed.EnrolRequest(await bed.TokenAsync(environment.Id)) with { ClusterUid = "uid-of-its-own-namespace" };
        await bed.Enroller.EnrolAsync(again, CancellationToken.None);
        Assert.Equal(agent.Id, (await bed.ReadAsync(db => db.Agents.SingleAsync())).Id);
    }

    [Fact]
    public async Task A_revoked_key_cannot_come_back_with_a_new_token()
    {
        var (agent, environment) = await bed.ConnectAsync();
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).RevokeAsync(Storage.Rows.Audit(action: "agent.revoke"));
        var problem = await bed.RefusedAsync(bed.EnrolRequest(await bed.TokenAsync(environment.Id)));
        Assert.Equal(AgentErrorCodes.AgentRevoked, problem.Code);
    }
}
