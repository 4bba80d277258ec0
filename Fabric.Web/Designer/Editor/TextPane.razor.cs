using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Designer.Editor;

/// <summary>The text of the draft, edited beside the canvas. Spans travel both ways; the chosen node's lines are marked, and the cursor chooses a node.</summary>
public sealed partial class TextPane : IAsyncDisposable
{
    private const int Kept = 16;
    private readonly List<DraftState> sent = [];
    private ElementReference box;
    private DotNetObjectReference<TextPane>? self;
    private IJSObjectReference? module;
    private IJSObjectReference? editor;
    private IReadOnlyList<Fault>? sentProblems;
    private (int From, int To) sentMark;
    private IDisposable? leaving;
    private bool clashed;
    private bool opened;

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>What is edited.</summary>
    [Parameter, EditorRequired] public required DesignerModel Model { get; set; }

    /// <summary>Whether anything may be changed.</summary>
    [Parameter] public bool Editable { get; set; }

    /// <summary>Puts the cursor somewhere; both start at 1.</summary>
    public async Task GoAsync(int line, int column)
    {
        if (editor is not null)
            await editor.InvokeVoidAsync("go", line, column);
    }

    /// <summary>What was typed, as one span of the text the editor had at that version.</summary>
    /// <returns>The version it was saved as; 0 when it was not, and it is said why; -1 when the editor's version is not known any more.</returns>
    [JSInvokable]
    public async Task<int> Typed(int version, int start, int removed, string inserted)
    {
        if (sent.Find(state => state.Version == version) is not { } on || LineEnds.Replace(on.Text, start, removed, inserted) is not { } text)
            return -1;
        await Model.WriteTextAsync(text, on);
        var saved = Model.Session.Saved!;
        if (Model.Session.Clash is not null || saved.Text != text)
            return 0;
        if (sent[^1].Version != saved.Version)
            Remember(saved);
        return saved.Version;
    }

    /// <summary>The editor has another text than the one a change was sent for: it gets all of it.</summary>
    [JSInvokable]
    public Task Whole() => InvokeAsync(() =>
    {
        sent.Clear();
        StateHasChanged();
    });

    /// <summary>Text that was typed on a page that is gone, on another version of the draft.</summary>
    [JSInvokable]
    public Task Recovered(string text) => InvokeAsync(() =>
    {
        Model.Session.Recover(LineEnds.InStyleOf(Model.Session.Saved!.Text, text));
        clashed = true;
        Model.Keep();
    });

    /// <summary>The cursor went to a line: the node that stands there is chosen.</summary>
    [JSInvokable]
    public Task CursorAt(int line) => InvokeAsync(() =>
    {
        if (Model.Session.Draft is { } draft && Model.Session.Readable && draft.Text.Nodes.LastOrDefault(node => node.Line <= line && line <= LastLine(draft.Text, node)) is { } node)
            Model.Select([node.Name]);
    });

    [JSInvokable]
    public Task Undo() => InvokeAsync(Model.UndoAsync);

    [JSInvokable]
    public Task Redo() => InvokeAsync(Model.RedoAsync);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            self = DotNetObjectReference.Create(this);
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./dist/yaml.js");
            editor = await module.InvokeAsync<IJSObjectReference>("edit", box, self, Editable, Model.Session.Name);
            // Whoever leaves for another page leaves nothing typed behind.
            leaving = Navigation.RegisterLocationChangingHandler(async _ => await editor.InvokeVoidAsync("flush"));
        }

        if (editor is not null && Model.Session.Saved is { } saved)
            await SendAsync(editor, saved);
    }

    private async Task SendAsync(IJSObjectReference target, DraftState saved)
    {
        // While both sides of a clash are shown, what was typed stays in the editor.
        if (Model.Session.Clash is not null)
        {
            clashed = true;
            return;
        }

        var last = sent.LastOrDefault();
        if (last is null || clashed)
        {
            clashed = false;
            Remember(saved);
            await target.InvokeVoidAsync(last is null && !opened ? "open" : "replace", saved.Version, saved.Text);
            opened = true;
        }
        else if (last.Version != saved.Version)
        {
            Remember(saved);
            var change = LineEnds.Between(last.Text, saved.Text);
            await target.InvokeVoidAsync("change", last.Version, saved.Version, change.Start, change.Removed.Length, change.Inserted);
        }

        await SendMarksAsync(target);
    }

    private async Task SendMarksAsync(IJSObjectReference target)
    {
        if (!ReferenceEquals(sentProblems, Model.Session.Problems))
        {
            sentProblems = Model.Session.Problems;
            await target.InvokeVoidAsync("problems", sentProblems.Select(fault => new { fault.Line, fault.Column, fault.Message }));
        }

        var mark = Model.Selected is [var name] && Model.Session is { Readable: true, Draft: { } draft } && draft.Text.Nodes.FirstOrDefault(node => node.Name == name) is { } span
            ? (span.Line, LastLine(draft.Text, span))
            : (0, 0);
        if (mark != sentMark)
        {
            sentMark = mark;
            await target.InvokeVoidAsync("mark", mark.Item1, mark.Item2);
        }
    }

    private void Remember(DraftState state)
    {
        sent.Add(state);
        if (sent.Count > Kept)
            sent.RemoveAt(0);
    }

    private static int LastLine(BlueprintText text, NodeSpan node) => node.Line + text.Text.AsSpan(node.Start, node.End - node.Start).Count('\n');

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        leaving?.Dispose();
        try
        {
            if (editor is not null)
            {
                await editor.InvokeVoidAsync("dispose");
                await editor.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the editor with it.
        }

        self?.Dispose();
    }
}
