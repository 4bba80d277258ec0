using System.Text;
using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Blueprints.Sync;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>Takes a file as the draft: at most 1 MiB of UTF-8, or an Elsa 3 workflow definition, on the draft that the page shows.</summary>
public sealed partial class UploadDraft
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private IReadOnlyList<ElsaFinding> findings = [];
    private string says = "";
    private bool wrong;
    private bool busy;

    /// <summary>Drafts.</summary>
    [Inject]
    public required IBlueprintDesk Blueprints { get; init; }

    /// <summary>Asks before a draft is replaced.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>Who uploads.</summary>
    [CascadingParameter]
    public required Actor Actor { get; set; }

    /// <summary>The blueprint.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The draft's version that the page shows.</summary>
    [Parameter, EditorRequired]
    public int Expected { get; set; }

    /// <summary>The draft was replaced.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        (busy, says, wrong, findings) = (true, "", true, []);
        try
        {
            (says, wrong) = await ReadAsync(chosen.File) is { } text ? await PutAsync(text, chosen.File.Name) : (says, true);
        }
        catch (IOException)
        {
            says = $"{chosen.File.Name} could not be read to its end. Nothing was changed; try again.";
        }
        finally
        {
            busy = false;
        }

        if (!wrong)
            await OnDone.InvokeAsync();
    }

    private async Task<string?> ReadAsync(IBrowserFile file)
    {
        var workflow = file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var most = workflow ? ElsaImport.LargestFile : SyncFolder.LargestFile;
        if (file.Size > most)
        {
            says = $"{file.Name} has {file.Size / 1024} KiB; at most {most / 1024} KiB are taken.";
            return null;
        }

        using var bytes = new MemoryStream();
        await using (var stream = file.OpenReadStream(most))
            await stream.CopyToAsync(bytes);
        if (workflow)
            return await ReadWorkflowAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), file.Name);
        try
        {
            return Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException e)
        {
            says = $"{file.Name} is not UTF-8: look at byte {e.Index + 1}. Nothing was changed.";
            return null;
        }
    }

    private async Task<string?> ReadWorkflowAsync(ReadOnlyMemory<byte> json, string file)
    {
        var read = await Blueprints.ReadWorkflowAsync(Actor, Name, json, CancellationToken.None);
        findings = read.Findings;
        if (read.Text is null)
            says = $"{file} was not imported, and nothing was changed.";
        return read.Text;
    }

    private async Task<(string Says, bool Wrong)> PutAsync(string text, string file)
    {
        var current = await Blueprints.DraftTextAsync(Actor, Name, CancellationToken.None);
        if (current == text)
            return ($"The draft is {file} already.", false);
        if (current is not null && !await Confirm.ShowAsync(Dialogs, $"Replace the draft of {Name}?", $"Its text differs from {file}. What is in the draft and in no version is gone from it.", "Replace the draft"))
            return ("Nothing was changed.", false);
        var put = await Blueprints.PutDraftAsync(Actor, Name, text, Expected, CancellationToken.None);
        if (!put.Succeeded)
            return (put.Faults[0].Message, true);
        var faults = put.Value.Faults.Count;
        return (faults == 0 ? $"{file} is the draft now." : $"{file} is the draft now, with {(faults == 1 ? "one fault" : $"{faults} faults")}: Publish lists them.", false);
    }
}
