using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Tests.PublicApi;

/// <summary>An answer of the API, read to its end.</summary>
public sealed record Reply(int Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Location => Headers.Location?.ToString();

    /// <summary>Asserts that it is a problem document as RFC 9457 has it, and returns it.</summary>
    public JsonNode Problem(int status, string? code = null, string? field = null)
    {
        Assert.True(Status == status, $"expected {status}, got {this}");
        Assert.Equal("application/problem+json", ContentType);
        var problem = Json;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]), Text);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]), Text);
        if (code is not null)
            Assert.Equal(code, (string?)problem["code"]);
        if (field is not null)
            Assert.Contains(problem["errors"]!.AsArray(), error => (string?)error!["field"] == field);
        return problem;
    }

    public override string ToString() => $"{Status}: {Text}";
}

public static class Calls
{
    public static Task<Reply> GetReplyAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) => client.CallAsync(HttpMethod.Get, path, null, headers);

    /// <param name="body">JSON; a text, sent as JSON as it is; or content of any other kind.</param>
    public static async Task<Reply> CallAsync(this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var content = body switch
        {
            JsonNode json => new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"),
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => body as HttpContent,
        };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    /// <summary>Asks until the answer satisfies.</summary>
    public static async Task<Reply> UntilAsync(this HttpClient client, string path, Func<JsonNode, bool> condition, string expected)
    {
        var watch = Stopwatch.StartNew();
        Reply? last = null;
        while (watch.Elapsed < TimeSpan.FromSeconds(240))
        {
            last = await client.GetReplyAsync(path);
            if (last.Status == 200 && condition(last.Json))
                return last;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{path}: expected {expected}; last answer: {last}");
    }
}
