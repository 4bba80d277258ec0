using System.Text.Json.Serialization;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Fabric.Web.PublicApi;

/// <summary>The public API, version 1.</summary>
internal static class PublicApi
{
    /// <summary>Where it stands.</summary>
    public const string Root = "/api/v1";

    /// <summary>Largest body that is taken, bytes.</summary>
    public const int LargestBody = 1024 * 1024;

    public static IServiceCollection AddPublicApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.Converters.Add(new UniqueProperties());
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<ApiExceptions>();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.AddSingleton(provider => new TokenStore(provider.GetRequiredService<FabricStorage>().Directory, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<RunningCalls>();
        services.AddSingleton<SandboxRecord>();
        services.AddHostedService<AnswerRetention>();
        return services;
    }

    public static void MapPublicApi(this WebApplication app)
    {
        app.UseMiddleware<LargeBodies>();
        app.UseMiddleware<RepeatedWrites>();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = app.MapGroup(Root).RequireAuthorization().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestBody)).AddEndpointFilter<RouteGroupBuilder, ScopeCheck>();
        EnvironmentsApi.Map(api);
        RunsApi.Map(api);
        StatesApi.Map(api);
        LeftoversApi.Map(api);
        DriftApi.Map(api);
        BlueprintsApi.Map(api);
        BlueprintLifeApi.Map(api);
        AgentsApi.Map(api);
        CloudAccountsApi.Map(api);
        TokensApi.Map(api);
        SandboxApi.Map(api);
    }

    /// <summary>Answers under <c>/api</c> that no handler wrote say what is wrong, like all others.</summary>
    private static void Complete(ProblemDetailsContext context)
    {
        if (!context.HttpContext.Request.Path.StartsWithSegments("/api") || context.ProblemDetails.Extensions.ContainsKey("code"))
            return;
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var (code, sentence) = Problems.OfStatus(context.HttpContext, status);
        context.ProblemDetails.Title = Problems.TitleOf(status);
        context.ProblemDetails.Detail = sentence;
        context.ProblemDetails.Extensions["code"] = code;
        context.ProblemDetails.Extensions["errors"] = Array.Empty<ProblemField>();
    }
}
