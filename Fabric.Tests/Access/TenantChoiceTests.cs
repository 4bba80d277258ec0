using System.Security.Claims;
using Fabric.Tests.Storage;
using Fabric.Web.Access;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Access;

/// <summary>Whom an issuer's person becomes, with one tenant and with several.</summary>
public sealed class TenantChoiceTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-members-");
    private FabricStorage storage = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await FabricStorage.OpenAsync(new StorageOptions { Data = folder.FullName }, new MasterKeys(new MasterKey(new byte[32])), new FakeTimeProvider(Rows.Now), NullLoggerFactory.Instance);
        await storage.Directory.WriteAsync(
            db =>
            {
                db.Add(new Member { Tenant = "acme", Subject = "u1", Name = "Ann", Role = Role.Owner, CreatedAt = Rows.Now });
                db.Add(new Member { Tenant = "globex", Subject = "u1", Name = "Ann", Role = Role.Viewer, CreatedAt = Rows.Now });
                db.Add(new Member { Tenant = "initech", Subject = "u2", Name = "Bob", Role = Role.Owner, CreatedAt = Rows.Now });
                return Task.CompletedTask;
            },
            [],
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(null, "acme", Role.Owner)]
    [InlineData("globex", "globex", Role.Viewer)]
    [InlineData("initech", "acme", Role.Owner)]
    [InlineData("vendor", "acme", Role.Owner)]
    public async Task A_choice_is_followed_only_to_a_tenant_the_person_is_a_member_of(string? chosen, string tenant, Role role)
    {
        var context = new DefaultHttpContext();
        if (chosen is not null)
            context.Request.Headers.Cookie = $"fabric-tenant={chosen}";
        var claims = new MemberClaims(storage, new HttpContextAccessor { HttpContext = context });

        var actor = ActorClaims.ToActor(await claims.TransformAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "u1")], MemberClaims.IssuerType))));

        Assert.Equal((tenant, role), (actor?.Tenant, actor!.Role));
    }
}
