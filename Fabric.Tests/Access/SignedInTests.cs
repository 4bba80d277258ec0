using System.Security.Claims;
using Bunit;
using Fabric.Tests.Pages;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Web.Access;
using Fabric.Web.Shell;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TestContext = Xunit.TestContext;

namespace Fabric.Tests.Access;

/// <summary>A page that stays open does not keep the role it was opened with.</summary>
public sealed class SignedInTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-signed-in-");
    private readonly FakeTimeProvider time = new(Rows.Now);
    private readonly SampleDesk desk = new();
    private FabricStorage storage = null!;
    private SignedIn person = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await FabricStorage.OpenAsync(new StorageOptions { Data = folder.FullName }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance);
        await ChangeAsync(db => db.AddRange(Member("acme", Role.Owner), Member("globex", Role.Owner)));
        var members = new MemberClaims(storage, new HttpContextAccessor());
        person = new SignedIn(time, NullLogger<SignedIn>.Instance, members);
        var vouched = new ClaimsIdentity([new Claim("sub", "ann"), new Claim("name", "Ann")], MemberClaims.IssuerType);
        person.SetAuthenticationState(Task.FromResult(new AuthenticationState(await members.TransformAsync(new ClaimsPrincipal(vouched)))));
    }

    public async ValueTask DisposeAsync()
    {
        person.Dispose();
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static Member Member(string tenant, Role role) => new() { Tenant = tenant, Subject = "ann", Name = "Ann", Role = role, CreatedAt = Rows.Now };

    private Task ChangeAsync(Action<DirectoryDb> change) => storage.Directory.WriteAsync(
        db =>
        {
            change(db);
            return Task.CompletedTask;
        },
        [],
        TestContext.Current.CancellationToken);

    private Task RemoveAsync() => ChangeAsync(db => db.Remove(db.Members.AsNoTracking().Single(row => row.Tenant == "acme")));

    private async Task<Actor?> ActorAsync() => ActorClaims.ToActor((await person.GetAuthenticationStateAsync()).User);

    private Task<ClaimsPrincipal> NextStateAsync()
    {
        var next = new TaskCompletionSource<ClaimsPrincipal>(TaskCreationOptions.RunContinuationsAsynchronously);
        person.AuthenticationStateChanged += async state => next.TrySetResult((await state).User);
        return next.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_role_that_changed_holds_on_open_pages_within_half_a_minute()
    {
        await ChangeAsync(db => db.Update(Member("acme", Role.Viewer)));
        var next = NextStateAsync();

        time.Advance(SignedIn.Every);

        Assert.Equal(Role.Viewer, ActorClaims.ToActor(await next)?.Role);
    }

    [Fact]
    public async Task Who_was_removed_is_nobody_there_though_another_tenant_knows_them()
    {
        await RemoveAsync();
        var next = NextStateAsync();

        time.Advance(SignedIn.Every);

        Assert.Null(ActorClaims.ToActor(await next));
    }

    [Fact]
    public async Task A_change_is_made_with_the_role_of_now_and_not_of_when_the_page_was_opened()
    {
        var opened = (await ActorAsync())!;
        await ChangeAsync(db => db.Update(Member("acme", Role.Editor)));

        await new CheckedDesk(desk, person).DeleteAsync(opened, Samples.EnvironmentId, 3, CancellationToken.None);

        Assert.Equal((Role.Owner, Role.Editor), (opened.Role, desk.By?.Role));
    }

    [Fact]
    public async Task Who_was_removed_changes_nothing_from_an_open_page()
    {
        var opened = (await ActorAsync())!;
        await RemoveAsync();
        var checkedDesk = new CheckedDesk(desk, person);

        var yes = await checkedDesk.ActOnRunAsync(opened, Samples.RunId, "approve", "h4sh", null, CancellationToken.None);
        var go = await checkedDesk.StartRunAsync(opened, Samples.EnvironmentId, RunKind.Check, null, null, CancellationToken.None);

        Assert.Equal(["You are no member of acme any more. Nothing was changed.", "You are no member of acme any more. Nothing was changed."], yes.Faults.Concat(go.Faults).Select(fault => fault.Message));
        Assert.Empty(desk.Deeds);
    }

    [Fact]
    public async Task A_page_of_somebody_nobody_knows_any_more_becomes_the_page_that_says_so()
    {
        await RemoveAsync();
        await person.AskAsync();
        await using var pages = new BunitContext();
        pages.Services.AddSingleton<AuthenticationStateProvider>(person);

        pages.Render<GoToSignIn>();

        Assert.EndsWith(SessionCookie.Refused, pages.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }
}
