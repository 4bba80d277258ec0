using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Web.PublicApi;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.PublicApi;

/// <summary>A run's journal as server-sent events.</summary>
[Collection("api")]
public sealed class RunStreamTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_arrive_while_the_run_goes_on_and_the_stream_ends_with_it()
    {
        var (_, run) = await host.EnvironmentAsync();
        using var response = await OpenAsync(host.Owner, run);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        Assert.Equal("event: RunRequested", await lines.ReadLineAsync(Stop));
        Assert.Equal("RunRequested", (string?)JsonNode.Parse((await lines.ReadLineAsync(Stop))!["data: ".Length..])!["kind"]);

        Assert.Equal(200, (await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject())).Status);
        var rest = await lines.ReadToEndAsync(Stop);
        Assert.Contains("event: RunCancelled", rest, StringComparison.Ordinal);
        var ids = rest.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => long.Parse(line[4..])).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal("Cancelled", (string?)(await host.Owner.GetReplyAsync($"/api/v1/runs/{run}")).Json["state"]);
    }

    [Fact]
    public async Task Another_tenants_run_is_not_followed()
    {
        var (_, run) = await host.EnvironmentAsync();
        using var response = await OpenAsync(host.As(Role.Owner, ApiHost.Other), run);
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_cell_that_does_not_answer_once_does_not_end_the_stream()
    {
        var time = new FakeTimeProvider(Rows.Now);
        var environment = Rows.NewId();
        var run = Rows.Run(environment, 1, "acme") with { State = RunState.Running };
        var desk = new SampleDesk { Broken = new CellUnreachableException("eu-1", "it is late.") };
        desk.Runs[run.Id] = new Fabric.Web.Live.RunView(run, [], [], [], [], new Dictionary<string, IReadOnlyList<string>>());
        desk.Events.Add(Rows.Event(environment, run.Id) with { Sequence = 7 });
        await using var events = new RunStream(desk, Actor.System, run, time, _ => Task.FromResult(true)).ReadAsync(0, Stop).GetAsyncEnumerator(Stop);

        var next = events.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        desk.Broken = null;
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        Assert.Equal("7", events.Current.EventId);
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient client, Guid run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }
}
