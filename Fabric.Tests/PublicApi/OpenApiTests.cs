using System.Text.Json.Nodes;
using Fabric.Tests.Access;

namespace Fabric.Tests.PublicApi;

/// <summary>The OpenAPI document tells the truth.</summary>
[Collection("api")]
public sealed class OpenApiTests(ApiHost host)
{
    [Fact]
    public async Task Every_route_is_in_it_and_says_what_it_answers()
    {
        var document = await DocumentAsync();
        foreach (var (name, method, path) in AccessMatrix.Routes(host))
        {
            var operation = document["paths"]![Plain(path)]?[method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{method} {path} is not in the document");
            Assert.Equal(name, (string?)operation["operationId"]);
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), $"{name} has no summary");
            var answers = operation["responses"]!.AsObject();
            Assert.True(answers.Any(answer => answer.Key[0] == '2'), $"{name} does not say what success is");
            Assert.All(new[] { "401", "403", "503" }, status => Assert.True(answers.ContainsKey(status), $"{name} does not say {status}"));
            Assert.All(answers.Where(answer => answer.Key[0] is '4' or '5'), answer => Assert.Equal(
                "#/components/schemas/Problem", (string?)answer.Value!["content"]!["application/problem+json"]!["schema"]!["$ref"]));
            Assert.Equal(method != "GET", Headers(operation).Contains("Idempotency-Key"));
            Assert.Equal(path.Contains('{'), answers.ContainsKey("404"));
        }

        Assert.Equal(AccessMatrix.Routes(host).Count(), document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count));
    }

    [Fact]
    public async Task Success_has_a_schema_unless_it_has_no_body()
    {
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            var (status, answer) = operation["responses"]!.AsObject().First(answer => answer.Key[0] == '2');
            if (status != "204")
                Assert.True(answer!["content"]?.AsObject().All(content => content.Value?["schema"] is not null) is true, $"{name} {status} has no schema");
        }
    }

    [Theory]
    [InlineData("ChangeParameters", "If-Match", "Fabric-Message")]
    [InlineData("ChangeEnvironment", "If-Match")]
    [InlineData("DeleteEnvironment", "If-Match")]
    [InlineData("StartRun", "If-Match")]
    [InlineData("RunOperation", "If-Match")]
    [InlineData("PutDraft", "If-Match")]
    [InlineData("ImportBlueprint", "If-Match")]
    [InlineData("PublishBlueprint", "If-Match")]
    [InlineData("RestoreVersion", "If-Match")]
    public async Task Headers_stand_where_they_work(string name, params string[] headers)
    {
        var operation = Operations(await DocumentAsync()).Single(operation => operation.Name == name).Operation;
        Assert.Equal(headers.Append("Idempotency-Key").Order(), Headers(operation).Order());
        Assert.NotNull(operation["responses"]!["412"]);
    }

    [Theory, InlineData("AdoptDrift", true), InlineData("IgnoreDrift", true), InlineData("RevertDrift", false), InlineData("MuteDrift", false)]
    public async Task A_fingerprint_is_taken_where_it_works(string name, bool taken)
    {
        var operation = Operations(await DocumentAsync()).Single(operation => operation.Name == name).Operation;
        var parameter = operation["parameters"]!.AsArray().SingleOrDefault(parameter => (string?)parameter!["name"] == "fingerprint");
        Assert.Equal((taken, taken, taken), (parameter is not null, operation["responses"]!["412"] is not null, ((string?)parameter?["description"])?.Contains("412", StringComparison.Ordinal) is true));
    }

    [Fact]
    public async Task Examples_have_what_is_required_and_nothing_unknown()
    {
        var document = await DocumentAsync();
        foreach (var (name, operation) in Operations(document))
        {
            foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
            {
                if (type.Contains("yaml", StringComparison.Ordinal))
                    continue;
                var example = content!["example"]?.AsObject();
                Assert.True(example is not null, $"{name} has no example");
                var schema = Schema(document, content["schema"]!);
                if (schema["properties"] is not JsonObject properties)
                    continue;
                Assert.All(schema["required"]?.AsArray() ?? [], field => Assert.True(example.ContainsKey((string)field!), $"the example of {name} lacks {field}"));
                Assert.All(example, field => Assert.True(properties.ContainsKey(field.Key), $"{name} knows no {field.Key}"));
            }
        }
    }

    [Theory]
    [InlineData("CreateEnvironment", "/api/v1/environments")]
    [InlineData("CreateToken", "/api/v1/tokens")]
    [InlineData("ConnectAccount", "/api/v1/cloud-accounts")]
    public async Task Required_fields_are_required_and_the_example_works(string name, string path)
    {
        var document = await DocumentAsync();
        var content = Operations(document).Single(operation => operation.Name == name).Operation["requestBody"]!["content"]!["application/json"]!;
        var example = content["example"]!.AsObject();
        if (example.ContainsKey("expiresAt"))
            example["expiresAt"] = host.Clock.GetUtcNow().AddDays(5).ToString("O");
        var required = Schema(document, content["schema"]!)["required"]!.AsArray().Select(field => (string)field!).ToList();
        Assert.NotEmpty(required);
        foreach (var field in required)
        {
            var without = (JsonObject)example.DeepClone();
            without.Remove(field);
            (await host.Owner.CallAsync(HttpMethod.Post, path, without)).Problem(400, field: field);
        }

        var least = new JsonObject(example.Where(field => required.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        Assert.Equal(201, (await host.Owner.CallAsync(HttpMethod.Post, path, least)).Status);
    }

    private async Task<JsonNode> DocumentAsync() => (await host.Anonymous.GetReplyAsync("/openapi/v1.json")).Json;

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => ((string)operation.Value!["operationId"]!, operation.Value!));

    private static List<string> Headers(JsonNode operation) =>
        [.. (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "header").Select(parameter => (string)parameter!["name"]!)];

    private static JsonObject Schema(JsonNode document, JsonNode schema)
    {
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
            schema = choices.First(choice => (string?)choice!["type"] != "null")!;
        return (schema["$ref"] is { } reference ? document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]! : schema).AsObject();
    }

    private static string Plain(string path) => System.Text.RegularExpressions.Regex.Replace(path, ":[a-z]+}", "}");
}
