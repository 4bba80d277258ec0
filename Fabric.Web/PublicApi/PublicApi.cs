using System.Text.Json.Serialization;

namespace Fabric.Web.PublicApi;

/// <summary>The public API, version 1.</summary>
internal static class PublicApi
{
    public static IServiceCollection AddPublicApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiExceptions>();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Fabric";
            document.Info.Version = "v1";
            document.Info.Description = "Blueprints, environments and their runs. Errors are RFC 9457 problem documents.";
            return Task.CompletedTask;
        }));
        return services;
    }

    public static void MapPublicApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = app.MapGroup("/api/v1").RequireAuthorization().DisableAntiforgery();
        EnvironmentsApi.Map(api);
        RunsApi.Map(api);
        BlueprintsApi.Map(api);
        AgentsApi.Map(api);
        SandboxApi.Map(api);
        app.Map("/api/{**rest}", (HttpContext context) => Problems.NotFound("route", context.Request.Path)).ExcludeFromDescription();
    }

    /// <summary>The problem documents every route can answer with.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route) =>
        route.ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(503);
}
