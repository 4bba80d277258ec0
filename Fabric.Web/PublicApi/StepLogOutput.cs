using System.Text;
using System.Text.Json;
using Fabric.Web.Live;
using Fabric.Workflows.Executors.Terraform;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Fabric.Web.PublicApi;

/// <summary>The log of a step, as text for people or as one JSON object per line for programs.</summary>
internal static class StepLogOutput
{
    /// <summary>Media type of the text.</summary>
    public const string Text = "text/plain";

    /// <summary>Media type of one object per line.</summary>
    public const string JsonLines = "application/x-ndjson";

    /// <summary>Header with the cursor to go on with.</summary>
    public const string NextHeader = "Fabric-Next";

    private const int ChunksAtOnce = 500;

    /// <param name="after">The <c>Fabric-Next</c> of the answer before; the whole log when it is not given.</param>
    public static async Task<IResult> ReadAsync(
        Guid id, string node, HttpContext context, IDesk desk, ITerraformDesk terraform, IOptions<JsonOptions> json, CancellationToken ct, Guid? after = null)
    {
        var actor = context.Actor();
        if (await desk.GetRunAsync(actor, id, ct) is not { } view)
            return Problems.NotFound("run", id);
        if (view.Steps.All(step => step.Node != node))
            return Problems.NotFound("step", node);
        var chunks = await terraform.GetLogAsync(actor, view.Run.EnvironmentId, id, node, after, ChunksAtOnce, ct);
        if ((chunks.Count > 0 ? chunks[^1].Id : after) is { } next)
            context.Response.Headers[NextHeader] = next.ToString();
        var wanted = context.Request.Headers.Accept.ToString();
        return wanted.Contains("json", StringComparison.OrdinalIgnoreCase)
            ? Results.Bytes(Lines(chunks, json.Value.SerializerOptions), JsonLines)
            : Results.Text(string.Concat(chunks.Select(chunk => chunk.Text)), Text, Encoding.UTF8);
    }

    private static byte[] Lines(IReadOnlyList<StepLog> chunks, JsonSerializerOptions options) => Encoding.UTF8.GetBytes(string.Concat(
        chunks.Select(chunk => JsonSerializer.Serialize(new LogChunkBody(chunk.Id, chunk.Attempt, chunk.At, chunk.Text), options) + "\n")));
}
