using Fabric.Web.Designer.Palette;
using Fabric.Workflows.Blueprints.Editing;
using Microsoft.JSInterop;

namespace Fabric.Web.Designer.Canvas;

/// <summary>What a person does on the canvas, as the browser tells it.</summary>
/// <param name="model">What it is done to.</param>
/// <param name="invoke">Runs on the page's own thread of control.</param>
/// <param name="again">Sends the whole drawing again.</param>
public sealed class Gestures(DesignerModel model, Func<Func<Task>, Task> invoke, Func<Task> again)
{
    [JSInvokable]
    public Task Select(string[] nodes, string? from, string? to) => invoke(() =>
    {
        model.Select(nodes, from is null || to is null ? null : (from, to));
        return Task.CompletedTask;
    });

    [JSInvokable]
    public Task Open(string node) => invoke(() =>
    {
        model.Open(node);
        return Task.CompletedTask;
    });

    /// <param name="nodes">Names.</param>
    /// <param name="places">Left and top of each, in the same order.</param>
    [JSInvokable]
    public Task Move(string[] nodes, double[] places) => invoke(async () =>
    {
        // What is not saved goes back to where the text has it.
        if (places.Length != 2 * nodes.Length || !Array.TrueForAll(places, double.IsFinite)
            || !await model.DoAsync(new MoveNodes(nodes.Index().ToDictionary(at => at.Item, at => (places[2 * at.Index], places[(2 * at.Index) + 1]), StringComparer.Ordinal))))
            await again();
    });

    [JSInvokable]
    public Task Add(string item, double x, double y) => invoke(() => model.AddAsync(item, x, y));

    [JSInvokable]
    public Task AddHere(double x, double y) => invoke(() => AskAsync(Picks.Add(model, x, y)));

    [JSInvokable]
    public Task AddConnected(double x, double y, string from, string? output) => invoke(() => AskAsync(Picks.AddConnected(model, x, y, from, output)));

    [JSInvokable]
    public Task AddBetween(double x, double y, string from, string to) => invoke(() => AskAsync(Picks.AddBetween(model, x, y, from, to)));

    [JSInvokable]
    public Task ConnectFrom(string node) => invoke(() => AskAsync(Picks.Connect(model, node)));

    [JSInvokable]
    public Task Menu(string node) => invoke(() => AskAsync(Picks.Menu(model, node)));

    [JSInvokable]
    public Task Find() => invoke(() => AskAsync(Picks.Find(model)));

    [JSInvokable]
    public Task Connect(string from, string? output, string to, string? input) => invoke(() => model.DoAsync(new Connect(from, output, to, input)));

    [JSInvokable]
    public Task Disconnect(string from, string to) => invoke(() => model.DoAsync(new Disconnect(from, to)));

    [JSInvokable]
    public Task Remove(string[] nodes) => invoke(() => model.DoAsync(new RemoveNodes(nodes)));

    [JSInvokable]
    public Task Duplicate(string[] nodes) => invoke(() => nodes.Length == 0 ? Task.CompletedTask : model.PasteAsync(Clipboard.Copy(model.Draft, nodes)));

    [JSInvokable]
    public Task Paste(string yaml) => invoke(() => model.PasteAsync(yaml));

    /// <returns>The nodes as YAML.</returns>
    [JSInvokable]
    public string Copy(string[] nodes) => model.Session.Draft is { } draft ? Clipboard.Copy(draft, nodes) : "";

    /// <returns>Inputs that an output may be dragged to.</returns>
    [JSInvokable]
    public IReadOnlyList<FittingInput> Fitting(string from, string output) =>
        model.Session.Draft is not { } draft ? [] : [.. Ports.FittingInputs(draft, from, output).Select(fit => new FittingInput(fit.Node, fit.Input))];

    /// <summary>An edge that would close a circle was let go.</summary>
    [JSInvokable]
    public Task Refuse(string from, string to) => invoke(() => model.DoAsync(new Connect(from, null, to, null)));

    [JSInvokable]
    public Task NothingFits(string from, string output, string to) => invoke(() =>
    {
        model.Say($"Nothing of {to} takes {from}.{output}: no setting has its type. Drag 'then' instead if {to} shall only wait for {from}.");
        return Task.CompletedTask;
    });

    /// <summary>The connection is back: the browser gets everything anew.</summary>
    [JSInvokable]
    public Task Again() => invoke(again);

    [JSInvokable]
    public Task Undo() => invoke(model.UndoAsync);

    [JSInvokable]
    public Task Redo() => invoke(model.RedoAsync);

    private Task AskAsync(PickRequest request)
    {
        model.Ask(request);
        return Task.CompletedTask;
    }
}

/// <summary>An input that fits what is dragged.</summary>
public sealed record FittingInput(string Node, string Input);
