using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.PublicApi;

[Collection("api")]
public sealed class RevokedStreamTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_journal_that_is_followed_ends_when_the_token_is_revoked_though_the_run_goes_on()
    {
        var (_, run) = await host.EnvironmentAsync();
        var token = await host.TokenAsync(Role.Viewer, "sample");
        using var reader = host.With(token.Secret);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var reply = await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(Stop));
        Assert.NotNull(await lines.ReadLineAsync(Stop));

        await host.Services.GetRequiredService<TokenStore>().RevokeAsync(new Actor("o", "Olga", ActorKind.Person, "sample", Role.Owner), token.Row.Id, Stop);
        await lines.ReadToEndAsync(Stop).WaitAsync(TimeSpan.FromSeconds(90), Stop);

        // Nobody says yes, so the run waits: the journal did not end because the run did.
        var now = (await host.Owner.CallAsync(HttpMethod.Get, $"/api/v1/runs/{run}")).Json;
        Assert.DoesNotContain(now["state"]!.ToString(), (string[])["Succeeded", "Failed", "Cancelled", "Superseded"]);
    }
}
