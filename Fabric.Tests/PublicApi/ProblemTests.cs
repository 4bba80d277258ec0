using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.PublicApi;

/// <summary>Whatever is wrong with a request, the answer is a problem document that says what, where and what to do.</summary>
[Collection("api")]
public sealed class ProblemTests(ApiHost host)
{
    [Fact]
    public async Task A_route_that_is_not_there_is_said_to_be_none() =>
        Assert.Contains("/api/v1/nothing", (string?)(await host.Owner.GetReplyAsync("/api/v1/nothing")).Problem(404, "NotFound")["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_method_is_told_the_right_ones()
    {
        var reply = await host.Owner.CallAsync(HttpMethod.Put, "/api/v1/environments", new JsonObject());
        Assert.Contains("GET", (string?)reply.Problem(405, "MethodNotAllowed")["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_type_of_body_is_named() => Assert.Contains(
        "text/plain", (string?)(await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", new StringContent("x"))).Problem(415, "UnsupportedMediaType")["detail"], StringComparison.Ordinal);

    [Theory]
    [InlineData("not-a-token")]
    [InlineData(null)]
    public async Task A_caller_nobody_knows_is_told_how_to_be_known(string? token)
    {
        using var stranger = token is null ? null : host.With(token);
        Assert.Contains("Bearer", (string?)(await (stranger ?? host.Anonymous).GetReplyAsync("/api/v1/environments")).Problem(401, "Unauthenticated")["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"tenant\": \"sample\",\n  \"name\": oops }", 2, 11, null)]
    [InlineData("{ \"tenant\": \"sample\", \"version\": \"two\" }", 1, null, "version")]
    [InlineData("{ \"tenant\": \"sample\", \"nmae\": \"x\" }", 1, null, "nmae")]
    public async Task A_body_that_cannot_be_read_is_told_where(string body, int line, int? position, string? field)
    {
        var problem = (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", body)).Problem(400, "Malformed", field);
        Assert.Equal(line, (int)problem["line"]!);
        if (position is not null)
            Assert.Equal(position, (int)problem["position"]!);
        Assert.DoesNotContain("Fabric.Web", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"servers\": 5")]
    [InlineData("{ \"servers\": 5, \"servers\": 6 }")]
    public async Task A_merge_patch_that_cannot_be_read_is_told_where(string patch)
    {
        var (id, _) = await host.EnvironmentAsync();
        Assert.Equal(1, (int)(await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", patch)).Problem(400, "Malformed")["line"]!);
        (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", "[1]")).Problem(400, field: "body");
        (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", "{ \"servers\": \"many\" }")).Problem(400, field: "parameters.servers");
    }

    [Theory]
    [InlineData("parameters")]
    [InlineData("adopted")]
    public async Task A_property_that_is_given_twice_is_refused_also_deep_inside(string field)
    {
        foreach (var value in new[] { """{ "servers": 3, "servers": 5 }""", """{ "servers": [{ "a": 1, "a": 2 }] }""" })
        {
            var body = $$"""{ "tenant": "sample", "name": "{{host.Name("twice")}}", "blueprint": "pinot-byoc", "cloud": "sandbox", "region": "local", "{{field}}": {{value}} }""";
            (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", body)).Problem(400, "Malformed", field);
        }

        var (id, _) = await host.EnvironmentAsync();
        (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}", """{ "adopted": { "x": 1, "x": 2 } }""")).Problem(400, "Malformed", "adopted");
        (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}", """{ "version": 1, "version": 2 }""")).Problem(400, "Malformed", "version");
    }

    [Fact]
    public async Task A_body_that_is_missing_is_asked_for() => (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments")).Problem(400, "Malformed", "body");

    [Fact]
    public async Task Every_missing_field_is_named_at_once()
    {
        var problem = (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject())).Problem(400);
        Assert.Equal(["tenant", "name", "blueprint", "cloud", "region"], problem["errors"]!.AsArray().Select(error => (string?)error!["field"]));
    }

    [Fact]
    public async Task A_draft_larger_than_a_mebibyte_is_refused_also_when_its_length_is_not_told()
    {
        var large = Encoding.UTF8.GetBytes("# " + new string('x', 1024 * 1024));
        using var told = new ByteArrayContent(large) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/large/draft", told)).Problem(413, "TooLarge");
        using var chunked = new Chunked(large) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/large/draft", chunked)).Problem(413, "TooLarge");
        using var keyed = new Chunked(large) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/large/draft", keyed, ("Idempotency-Key", "large"))).Problem(413, "TooLarge");
    }

    [Fact]
    public async Task A_draft_that_is_no_text_is_refused()
    {
        using var bytes = new ByteArrayContent([0x61, 0xff, 0xfe]) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
        (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/bytes/draft", bytes)).Problem(400, field: "body");
    }

    [Fact]
    public async Task A_wrong_state_stands_in_the_document()
    {
        var (_, run) = await host.EnvironmentAsync();
        await host.CancelAsync(run);
        Assert.Equal("Cancelled", (string?)(await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/pause", new JsonObject())).Problem(409, "WrongState")["state"]);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_another_tenants_look_the_same()
    {
        var (id, run) = await host.EnvironmentAsync();
        var stranger = host.As(Role.Owner, ApiHost.Other);
        foreach (var (path, unknown) in new[] { ($"environments/{id}", $"environments/{Guid.Empty}"), ($"runs/{run}", $"runs/{Guid.Empty}"), ($"environments/{id}/revisions", $"environments/{Guid.Empty}/revisions") })
        {
            var theirs = (await stranger.GetReplyAsync("/api/v1/" + path)).Problem(404, "NotFound");
            var none = (await stranger.GetReplyAsync("/api/v1/" + unknown)).Problem(404, "NotFound");
            Assert.Equal(((string)none["detail"]!).Replace(Guid.Empty.ToString(), ""), ((string)theirs["detail"]!).Replace(id.ToString(), "").Replace(run.ToString(), ""));
        }
    }

    [Theory]
    [InlineData("\"7\"", 412)]
    [InlineData("W/\"7\"", 412)]
    [InlineData("seven", 400)]
    [InlineData("\"1\"", 202)]
    [InlineData("*", 202)]
    public async Task If_Match_is_honoured_by_every_change(string revision, int status)
    {
        var (id, _) = await host.EnvironmentAsync();
        foreach (var (method, path, body) in new (HttpMethod, string, JsonNode?)[]
        {
            (HttpMethod.Post, "/runs", new JsonObject { ["kind"] = "check" }),
            (HttpMethod.Patch, "", new JsonObject { ["version"] = 1 }),
            (HttpMethod.Patch, "/parameters", new JsonObject { ["servers"] = 4 }),
            (HttpMethod.Delete, "", null),
        })
        {
            var reply = await host.Owner.CallAsync(method, $"/api/v1/environments/{id}{path}", body, ("If-Match", path == "" && method == HttpMethod.Delete && status == 202 ? "*" : revision));
            if (status == 202)
                Assert.True(reply.Status == 202, reply.ToString());
            else
                reply.Problem(status, field: status == 400 ? "If-Match" : null);
        }
    }

    private sealed class Chunked(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
