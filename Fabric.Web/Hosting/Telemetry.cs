using Fabric.Workflows.Engine;
using OpenTelemetry.Metrics;

namespace Fabric.Web.Hosting;

/// <summary>Figures for operators at <c>/metrics</c>, in Prometheus' text form.</summary>
internal static class Telemetry
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter(EngineMetrics.MeterName)
            .AddPrometheusExporter());
        return builder;
    }

    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint().AllowAnonymous();
}
