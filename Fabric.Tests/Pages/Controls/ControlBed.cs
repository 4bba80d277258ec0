using Bunit;
using Fabric.Web.Live;
using Fabric.Workflows.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Fabric.Tests.Pages.Controls;

/// <summary>A renderer with the services of the frame and a clock that stands.</summary>
public abstract class ControlBed : BunitContext
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected ControlBed()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    protected FakeTimeProvider Clock { get; } = new(Noon);

    protected static GraphNode Node(string name, params string[] dependsOn) =>
        new(name, $"Title of {name}", "database", StepKind.Entity, $"{name}@1.0.0", dependsOn, dependsOn, false, null, null);

    protected static PlannedStep Planned(string node, PlanAction action, params FieldChange[] changes) =>
        new(node, node, null, new StepPlan(action, changes, true, null), false);
}
