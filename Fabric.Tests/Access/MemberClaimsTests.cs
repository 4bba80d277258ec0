using System.Security.Claims;
using Fabric.Tests.PublicApi;
using Fabric.Web.Access;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Fabric.Tests.Access;

/// <summary>Who somebody is, an issuer says; what they may do, the directory says, else the issuer's roles where they fit.</summary>
[Collection("api")]
public sealed class MemberClaimsTests(ApiHost host)
{
    [Theory]
    [InlineData("sample", Role.Editor, true)]
    [InlineData("vendor", Role.Sre, true)]
    [InlineData("sample", Role.Admin, false)]
    [InlineData("vendor", Role.Owner, false)]
    public async Task A_members_role_must_fit_its_tenant(string tenant, Role role, bool known)
    {
        var subject = $"{tenant}-{role}";
        await host.Storage.Directory.WriteAsync(
            db =>
            {
                db.Add(new Member { Tenant = tenant, Subject = subject, Name = "Kim", Role = role, CreatedAt = host.Clock.GetUtcNow() });
                return Task.CompletedTask;
            },
            [],
            TestContext.Current.CancellationToken);
        var actor = await ActorAsync(subject, "fabric:other:owner");
        Assert.Equal(known ? $"{role} of {tenant}" : null, actor is null ? null : $"{actor.Role} of {actor.Tenant}");
    }

    [Theory]
    [InlineData("fabric:sample:owner", Role.Owner)]
    [InlineData("fabric:vendor:SRE", Role.Sre)]
    [InlineData("fabric:sample:admin", null)]
    [InlineData("fabric:vendor:viewer", null)]
    [InlineData("fabric:vendor:5", null)]
    [InlineData("fabric:nobody:viewer", null)]
    [InlineData("owner", null)]
    public async Task A_role_of_the_issuer_must_fit_a_tenant_that_is_here(string claim, Role? role) => Assert.Equal(role, (await ActorAsync("stranger", claim))?.Role);

    [Fact]
    public async Task A_role_that_somebody_picked_on_a_development_server_opens_nothing()
    {
        var picked = new ClaimsIdentity(ActorClaims.ToClaims(new Actor("ada@vendor", "Ada", ActorKind.Person, "vendor", Role.Admin)), "Development");
        Assert.Null(ActorClaims.ToActor(await new MemberClaims(host.Storage, new HttpContextAccessor()).TransformAsync(new ClaimsPrincipal(picked))));
    }

    private async Task<Actor?> ActorAsync(string subject, string role)
    {
        var issuer = new ClaimsIdentity([new Claim("sub", subject), new Claim("name", subject), new Claim("roles", role)], MemberClaims.IssuerType);
        return ActorClaims.ToActor(await new MemberClaims(host.Storage, new HttpContextAccessor()).TransformAsync(new ClaimsPrincipal(issuer)));
    }
}
