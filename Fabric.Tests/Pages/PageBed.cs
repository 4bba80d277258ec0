using Bunit;
using Fabric.Tests.Support;
using Fabric.Web.Live;
using Fabric.Web.Portal.Create;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Fabric.Tests.Pages;

/// <summary>The real pages on a fed desk.</summary>
public abstract class PageBed : BunitContext, IAsyncLifetime
{
    protected PageBed()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<IDesk>(Desk);
        Services.AddSingleton<IBlueprintDesk>(Blueprints);
        Services.AddSingleton<ICloudDesk>(Clouds);
        Services.AddSingleton<ITerraformDesk>(Terraform);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddScoped<ProtectedSessionStorage>();
        Services.AddScoped<WizardDraft>();
    }

    protected SampleDesk Desk { get; } = new();

    protected SampleBlueprintDesk Blueprints { get; } = new();

    protected SampleCloudDesk Clouds { get; } = new();

    protected SampleTerraformDesk Terraform { get; } = new();

    protected FakeTimeProvider Time { get; } = new(Samples.Now);

    protected string Address => Services.GetRequiredService<NavigationManager>().Uri;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a page at an address.</summary>
    protected IRenderedComponent<TPage> Open<TPage>(Actor actor, string address, params (string Name, object Value)[] parameters)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        Render<MudBlazor.MudPopoverProvider>();
        return Render<TPage>(builder =>
        {
            builder.AddCascadingValue(actor);
            foreach (var (name, value) in parameters)
                builder.TryAdd(name, value);
        });
    }

    /// <summary>The button with that text or label.</summary>
    protected static AngleSharp.Dom.IElement Button<TPage>(IRenderedComponent<TPage> page, string text)
        where TPage : IComponent =>
        page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == text || button.GetAttribute("aria-label") == text)
        ?? throw new InvalidOperationException($"No button '{text}' in: {page.Markup}");

    /// <summary>Lets what was throttled happen.</summary>
    protected void Settle() => Time.Advance(TimeSpan.FromSeconds(1));
}
