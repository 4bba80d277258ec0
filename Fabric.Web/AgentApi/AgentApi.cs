using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fabric.Protocol;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;
using Fabric.Web.Runtime;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.AgentApi;

/// <summary>What agents dial: enrol, sync, report.</summary>
internal static class AgentApi
{
    private const int LargestBody = 4 * 1024 * 1024;

    public static IServiceCollection AddAgentApi(this IServiceCollection services)
    {
        services.AddSingleton<AgentDirectory>();
        services.AddSingleton<AssertionCheck>();
        services.AddSingleton<AgentSignals>();
        services.AddSingleton<Enroller>();
        services.AddSingleton<IntentSigner>();
        services.AddSingleton<SyncAnswerer>();
        return services;
    }

    public static void MapAgentApi(this WebApplication app)
    {
        // Made before anyone can call: it takes nothing that was signed earlier.
        app.Services.GetRequiredService<AssertionCheck>();
        app.MapPost(AgentRoutes.Enrol, EnrolAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost(AgentRoutes.Sync, SyncAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost(AgentRoutes.Report, ReportAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> EnrolAsync(HttpContext context, Enroller enroller, TimeProvider time, CancellationToken ct)
    {
        var body = await ReadAsync(context, ct);
        return Parse(body, ProtocolJson.Default.EnrolRequest) is { } request
            ? await Guarded(() => enroller.EnrolAsync(request, ct), time)
            : Answers.Malformed("The enrolment cannot be read.", time.GetUtcNow());
    }

    private static async Task<IResult> SyncAsync(
        HttpContext context, AssertionCheck check, SyncAnswerer answerer, IGrainFactory grains, TimeProvider time, CancellationToken ct)
    {
        var body = await ReadAsync(context, ct);
        return await Guarded(
            async () =>
            {
                var (cell, agent, refusal) = await check.CheckAsync(context, body, ct);
                if (refusal is not null)
                    return refusal;
                if (Parse(body, ProtocolJson.Default.SyncRequest) is not { } request || request.AgentId != agent!.Id)
                    return Answers.Malformed("The sync cannot be read, or names another agent.", time.GetUtcNow());
                if (ProtocolVersion.Refusal(request.ProtocolVersion) is { } version)
                    return Answers.Refuse(StatusCodes.Status426UpgradeRequired, version, "The agent's protocol is not spoken here.", time.GetUtcNow());
                if (!request.Standby)
                    await grains.Agent(cell!.Slug, agent.Id).SeenAsync();
                return await answerer.AnswerAsync(cell!, agent, request, ct) is { } reply
                    ? TypedResults.Json(reply, ProtocolJson.Default.SyncReply)
                    : Answers.Refuse(StatusCodes.Status401Unauthorized, AgentErrorCodes.AgentRevoked, "The agent is trusted no more.", time.GetUtcNow());
            },
            time);
    }

    private static async Task<IResult> ReportAsync(HttpContext context, AssertionCheck check, IGrainFactory grains, TimeProvider time, CancellationToken ct)
    {
        var body = await ReadAsync(context, ct);
        return await Guarded(
            async () =>
            {
                var (cell, agent, refusal) = await check.CheckAsync(context, body, ct);
                if (refusal is not null)
                    return refusal;
                if (Parse(body, ProtocolJson.Default.ReportRequest) is not { } request || request.AgentId != agent!.Id || request.Reports.Count > ReportRequest.MaxReports)
                    return Answers.Malformed($"The report cannot be read, names another agent, or has more than {ReportRequest.MaxReports} reports.", time.GetUtcNow());
                if (ProtocolVersion.Refusal(request.ProtocolVersion) is { } version)
                    return Answers.Refuse(StatusCodes.Status426UpgradeRequired, version, "The agent's protocol is not spoken here.", time.GetUtcNow());
                await grains.Agent(cell!.Slug, agent.Id).ReportAsync(JsonSerializer.Serialize(request, ProtocolJson.Default.ReportRequest));
                return TypedResults.Json(new ReportReply { ServerTime = time.GetUtcNow() }, ProtocolJson.Default.ReportReply);
            },
            time);
    }

    private static async Task<IResult> Guarded(Func<Task<IResult>> answer, TimeProvider time)
    {
        try
        {
            return await answer();
        }
        catch (CellUnreachableException)
        {
            return Answers.Busy(time.GetUtcNow());
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
