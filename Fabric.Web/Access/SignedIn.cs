using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Fabric.Web.Access;

/// <summary>
/// Who has a page open. An open page outlives the request that vouched for the person, so the directory is asked again: every
/// <see cref="Every"/>, and before whatever the person changes (see <see cref="CheckedDesk"/>). Who lost membership is refused; a
/// role that changed is the new one, everywhere on the page.
/// </summary>
internal sealed partial class SignedIn : ServerAuthenticationStateProvider, IDisposable
{
    /// <summary>How long a role that was taken away may still look.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly MemberClaims? members;
    private readonly ILogger<SignedIn> logger;
    private readonly ITimer? timer;

    public SignedIn(TimeProvider time, ILogger<SignedIn> logger, MemberClaims? members = null)
    {
        (this.members, this.logger) = (members, logger);
        AuthenticationStateChanged += _ => IsPage = true;
        if (members is not null)
            timer = time.CreateTimer(_ => _ = LookAsync(), null, Every, Every);
    }

    /// <summary>A page is drawn here; false where a program calls.</summary>
    public bool IsPage { get; private set; }

    /// <summary>Asks the directory who the person is now.</summary>
    /// <returns>Null when it knows the person no more in the tenant of the page.</returns>
    public async Task<Actor?> AskAsync()
    {
        var state = await GetAuthenticationStateAsync();
        var before = ActorClaims.ToActor(state.User);
        if (members is null || before is null)
            return before;
        var user = await members.AgainAsync(state.User);
        var now = ActorClaims.ToActor(user);
        if (now != before)
            SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return now;
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private async Task LookAsync()
    {
        if (!IsPage)
            return;
        try
        {
            await AskAsync();
        }
        catch (Exception failure)
        {
            // Looking goes on while the directory is away; a change asks again and is not made unless it answers.
            NotAsked(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory could not be asked who has a page open")]
    private static partial void NotAsked(ILogger logger, Exception failure);
}
