using MudBlazor;

namespace Fabric.Web.Controls;

/// <summary>Asks for the name of the thing before something is destroyed.</summary>
public sealed partial class ConfirmByName
{
    /// <summary>Shows the dialog; true when the person has typed the name and gone on.</summary>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, string text, string name, string verb)
    {
        var parameters = new DialogParameters<ConfirmByName>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Text, text },
            { dialog => dialog.Name, name },
            { dialog => dialog.Verb, verb },
        };
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };
        var shown = await dialogs.ShowAsync<ConfirmByName>(title, parameters, options);
        return await shown.Result is { Canceled: false };
    }
}
