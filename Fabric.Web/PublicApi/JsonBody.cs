using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Web.PublicApi;

/// <summary>Reads bodies whose shape is the caller's, and says what is wrong with a body.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The body as JSON; null for the word null.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpContext context, CancellationToken ct) =>
        await JsonNode.ParseAsync(context.Request.Body, documentOptions: Strict, cancellationToken: ct);

    /// <summary>What is wrong with a body: the field as far as it is known, line and position from 1, and a sentence.</summary>
    public static (string Field, long Line, long Position, string Sentence) Explain(JsonException fault)
    {
        var syntax = fault.InnerException as JsonException ?? (fault.GetType() == typeof(JsonException) ? null : fault);
        var field = fault.Path is { Length: > 2 } path ? path[2..] : "body";
        var (line, position) = ((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
        var where = $"line {line}, position {position}";
        return syntax is null && fault.Path is not null
            ? (field, line, position, $"'{field}' does not fit ({where}): it has a value of the wrong kind, is given twice, or the request has no such field. /openapi/v1.json says what is expected.")
            : (field, line, position, $"The body is no JSON ({where}): {Bare(syntax ?? fault)}");
    }

    /// <summary>The reader's sentence without the place, which is said apart and counted from 1.</summary>
    private static string Bare(JsonException fault) => fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
}
