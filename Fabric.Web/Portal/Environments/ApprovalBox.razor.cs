using Fabric.Web.Controls;
using Fabric.Web.Live;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Environments;

/// <summary>The whole plan of a run that waits, and below it the yes and the no.</summary>
public sealed partial class ApprovalBox
{
    private IReadOnlyList<PlannedStep> steps = [];

    /// <summary>The run. Pages key the box by run and plan, so that a press or words meant for one never count for the next.</summary>
    [Parameter, EditorRequired]
    public required RunView View { get; set; }

    /// <summary>The environment's name: it is asked for when something is destroyed.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Says yes or no.</summary>
    [Parameter]
    public EventCallback<Verdict> OnJudge { get; set; }

    private bool MayJudge => View.Allowed.Contains("approve");

    private string WaitsFor => View.Run.ApprovalBy switch
    {
        "vendor" => "It waits for the vendor's yes.",
        "customer" => "It waits for a yes of an owner in the customer's organisation.",
        "both" => "It waits for a yes of the vendor and of an owner in the customer's organisation.",
        _ => "It waits for a person who may approve.",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet() => steps = PlanText.Steps(View);

    private async Task ApproveAsync()
    {
        // While the person types the name, another run may take this one's place: the yes is for what is on the screen now.
        var yes = new Verdict(View.Run.Id, "approve", View.Run.PlanHash, null);
        var lost = PlanText.Destroyed(steps);
        if (lost.Count > 0 && !await ConfirmByName.ShowAsync(
                Dialogs, "This destroys something", $"The plan deletes or replaces {string.Join(", ", lost)}. What is in there is lost.", Name, PlanText.Approve(PlanText.Changes(steps))))
            return;
        await OnJudge.InvokeAsync(yes);
    }
}
