using Bunit;
using Fabric.Web.Controls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Fabric.Tests.Pages.Controls;

/// <summary>A page that is left at once.</summary>
public sealed class LeavingADrawing : BunitContext
{
    [Fact]
    public async Task Who_leaves_before_the_drawing_is_loaded_breaks_nothing()
    {
        var browser = new SlowBrowser();
        Services.AddSingleton<IJSRuntime>(browser);
        Render<GraphCanvas>(canvas => canvas.Add(c => c.Nodes, Samples.Nodes));
        await DisposeComponentsAsync();
        browser.Loaded.SetResult(browser);
        await browser.Released.Task.WaitAsync(TimeSpan.FromSeconds(60), Xunit.TestContext.Current.CancellationToken);
        Assert.False(Renderer.UnhandledException.IsCompleted);
        Assert.Equal(["import"], browser.Asked);
    }

    /// <summary>A browser whose module loads when the test wants it to.</summary>
    private sealed class SlowBrowser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource<object> Loaded { get; } = new();

        public TaskCompletionSource Released { get; } = new();

        public List<string> Asked { get; } = [];

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Asked.Add(identifier);
            return (TValue)await Loaded.Task;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Released.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
