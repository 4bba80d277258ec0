using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.ConsoleView.Blueprints.Simulate;

/// <summary>The controls of a playback; it moves the moment while they stand on a page.</summary>
public sealed partial class PlaybackBar : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private ITimer? timer;

    /// <summary>The clock.</summary>
    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>What is played.</summary>
    [Parameter, EditorRequired]
    public required Playback Shown { get; set; }

    /// <summary>The moment is another one.</summary>
    [Parameter]
    public EventCallback OnMove { get; set; }

    private string Place => (Shown.Result.Total > TimeSpan.Zero ? Math.Round(1000 * (Shown.Moment / Shown.Result.Total)) : 1000).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => timer ??= Time.CreateTimer(_ => InvokeAsync(PassAsync), null, Tick, Tick);

    private Task PassAsync()
    {
        if (!Shown.Playing)
            return Task.CompletedTask;
        Shown.Pass(Tick);
        return OnMove.InvokeAsync();
    }

    private Task ToggleAsync()
    {
        Shown.Toggle();
        return OnMove.InvokeAsync();
    }

    private Task SeekAsync(ChangeEventArgs change)
    {
        if (double.TryParse((string?)change.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var place))
            Shown.Seek(Shown.Result.Total * (place / 1000));
        return OnMove.InvokeAsync();
    }
}
