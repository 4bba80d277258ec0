using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Controls;

/// <summary>One line per event, oldest first; follows the end unless a person has scrolled up.</summary>
public sealed partial class Journal : IAsyncDisposable
{
    private ElementReference box;
    private Following? following;
    private bool loading;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>Ascending by sequence.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<RunEvent> Events { get; set; } = [];

    /// <summary>There are events before the first.</summary>
    [Parameter] public bool Earlier { get; set; }

    /// <summary>Asks for them.</summary>
    [Parameter] public EventCallback OnEarlier { get; set; }

    /// <summary>The lines; the first of each day with its date, where there is more than one day.</summary>
    private IEnumerable<(RunEvent Line, string? Day)> Days
    {
        get
        {
            var several = Events[0].At.UtcDateTime.Date != Events[^1].At.UtcDateTime.Date;
            DateTime? before = null;
            foreach (var line in Events)
            {
                var day = line.At.UtcDateTime.Date;
                yield return (line, several && day != before ? day.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : null);
                before = day;
            }
        }
    }

    private async Task LoadEarlierAsync()
    {
        loading = true;
        await OnEarlier.InvokeAsync();
        loading = false;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Events.Count > 0)
            await (following ??= new Following(Js)).BeginAsync(box);
    }

    private static string? Look(RunEvent line) => line.Kind switch
    {
        _ when line.Kind.EndsWith("Failed", StringComparison.Ordinal) => "st-bad",
        _ when line.Kind.EndsWith("Succeeded", StringComparison.Ordinal) => "st-good",
        _ when line.Kind.Contains("Approv", StringComparison.Ordinal) => "st-asks",
        _ => "st-waiting",
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => following?.DisposeAsync() ?? ValueTask.CompletedTask;
}
