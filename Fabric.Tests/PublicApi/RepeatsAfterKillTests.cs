using System.Text.Json.Nodes;
using Fabric.Tests.Support;

namespace Fabric.Tests.PublicApi;

/// <summary>The kept answer is as durable as the effect: kill -9 between the two requests changes nothing.</summary>
public sealed class RepeatsAfterKillTests
{
    [Fact]
    public async Task A_repeat_after_kill_gets_the_same_answer()
    {
        await using var server = await ServerProcess.StartAsync();
        var create = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/environments", ApiHost.Wish("survivor"), ("Idempotency-Key", "a"));
        var path = $"/api/v1/environments/{create.Json["id"]}/runs";
        var check = await server.Http.CallAsync(HttpMethod.Post, path, new JsonObject { ["kind"] = "check" }, ("Idempotency-Key", "b"));
        Assert.Equal((201, 202), (create.Status, check.Status));
        await server.KillAsync();
        await server.StartAsync();
        var again = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/environments", ApiHost.Wish("survivor"), ("Idempotency-Key", "a"));
        Assert.Equal((create.Status, create.Text, create.Location), (again.Status, again.Text, again.Location));
        var checkedAgain = await server.Http.CallAsync(HttpMethod.Post, path, new JsonObject { ["kind"] = "check" }, ("Idempotency-Key", "b"));
        Assert.Equal((check.Status, check.Text, check.Location), (checkedAgain.Status, checkedAgain.Text, checkedAgain.Location));
    }
}
