namespace Fabric.Web.Controls;

/// <summary>How a state looks anywhere: class, icon path and word. One table, so a chip, a node and a row cannot disagree.</summary>
/// <param name="Css">Class that sets the colour.</param>
/// <param name="Icon">SVG path in a 24 × 24 box.</param>
/// <param name="Word">What people read.</param>
public sealed record StateStyle(string Css, string Icon, string Word)
{
    private const string Hollow = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 2.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6Z";
    private const string Ring = "M12 3a9 9 0 1 0 9 9h-2.4A6.6 6.6 0 1 1 12 5.4V3Z";
    private const string Hand = "M11 2.5a1.5 1.5 0 0 1 3 0V10h.6V4.2a1.4 1.4 0 0 1 2.8 0V11h.5V6.8a1.3 1.3 0 0 1 2.6 0V15c0 4-2.9 7-6.9 7-2.9 0-4.6-1.2-6-3.4L3.7 13a1.5 1.5 0 0 1 2.4-1.8L8 13.4V4.3a1.4 1.4 0 0 1 2.8 0V10h.2V2.5Z";
    private const string Check = "M9.6 18.4 3.7 12.5l1.8-1.8 4.1 4.1L18.5 5.9l1.8 1.8L9.6 18.4Z";
    private const string Cross = "m6.5 4.7 5.5 5.5 5.5-5.5 1.8 1.8-5.5 5.5 5.5 5.5-1.8 1.8-5.5-5.5-5.5 5.5-1.8-1.8 5.5-5.5-5.5-5.5 1.8-1.8Z";
    private const string Broken = "M13.2 2 12 9l3.2 1.6L11 22l.9-8-3.4-1.8L11 2.1A10 10 0 0 0 8.6 21.4l.6-2.5a7.5 7.5 0 0 1 .9-14.2L9 4.9l4.2-2.9Zm2.3 1-.5 2.5a7.5 7.5 0 0 1-.6 13.6l-.5 2.7A10 10 0 0 0 15.500 3Z";
    private const string Question = "M12 3.5c-3.200 0-5.300 1.900-5.600 4.700l2.500.3c.2-1.600 1.300-2.600 3-2.600 1.700 0 2.900 1 2.900 2.500 0 1.200-.6 1.900-1.900 2.800-1.500 1-2.200 2-2.200 3.700v.6h2.500v-.4c0-1 .4-1.500 1.600-2.300 1.700-1.200 2.600-2.500 2.600-4.400 0-2.900-2.300-4.900-5.400-4.900ZM11.900 17.700a1.600 1.600 0 1 0 0 3.200 1.600 1.600 0 0 0 0-3.200Z";
    private const string Skip = "M4 5.500 12 12l-8 6.500v-13Zm8 0L20 12l-8 6.500v-13Z";
    private const string Plus = "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7V4Z";
    private const string Turned = "M7 4v3H3v2h4v3l5-4-5-4Zm10 8-5 4 5 4v-3h4v-2h-4v-3Z";
    private const string Dash = "M5 10.800h14v2.400H5z";

    private static readonly Dictionary<string, StateStyle> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Blocked"] = new("st-waiting", Hollow, "Waiting"),
        ["Pending"] = new("st-waiting", Hollow, "Pending"),
        ["Draft"] = new("st-waiting", Hollow, "Draft"),
        ["Absent"] = new("st-waiting", Hollow, "Not there yet"),
        ["Planned"] = new("st-waiting", Hollow, "Planned"),
        ["Queued"] = new("st-waiting", Hollow, "Next"),
        ["Waits"] = new("st-waiting", Hollow, "Waits"),
        ["Received"] = new("st-waiting", Hollow, "Received"),
        ["Planning"] = new("st-working", Ring, "Planning"),
        ["Applying"] = new("st-working", Ring, "Applying"),
        ["Verifying"] = new("st-working", Ring, "Verifying"),
        ["Running"] = new("st-working", Ring, "Running"),
        ["Updating"] = new("st-working", Ring, "Updating"),
        ["Provisioning"] = new("st-working", Ring, "Provisioning"),
        ["Destroying"] = new("st-working", Ring, "Destroying"),
        ["AwaitingApproval"] = new("st-asks", Hand, "Needs approval"),
        ["Paused"] = new("st-asks", Hand, "Paused"),
        ["Succeeded"] = new("st-good", Check, "Succeeded"),
        ["Ready"] = new("st-good", Check, "Ready"),
        ["Healthy"] = new("st-good", Check, "Healthy"),
        ["Online"] = new("st-good", Check, "Online"),
        ["Reachable"] = new("st-good", Check, "Reachable"),
        ["Shared"] = new("st-asks", Hand, "Shared"),
        ["Connected"] = new("st-good", Check, "Connected"),
        ["Passed"] = new("st-good", Check, "Passed"),
        ["Unchecked"] = new("st-waiting", Hollow, "Not checked yet"),
        ["NotChecked"] = new("st-unknown", Question, "Not checked"),
        ["Failed"] = new("st-bad", Cross, "Failed"),
        ["Refused"] = new("st-bad", Cross, "Refused"),
        ["Degraded"] = new("st-bad", Broken, "Degraded"),
        ["Unknown"] = new("st-unknown", Question, "Unknown"),
        ["Unreachable"] = new("st-unknown", Question, "Unreachable"),
        ["Away"] = new("st-unknown", Question, "Away"),
        ["Skipped"] = new("st-left", Skip, "Skipped"),
        ["NoOp"] = new("st-left", Skip, "No-op"),
        ["no-op"] = new("st-left", Skip, "No-op"),
        ["Held"] = new("st-left", Skip, "Held"),
        ["Unassigned"] = new("st-left", Skip, "Unassigned"),
        ["Cancelled"] = new("st-left", Skip, "Cancelled"),
        ["Superseded"] = new("st-left", Skip, "Superseded"),
        ["DiffAdded"] = new("st-added", Plus, "Added"),
        ["DiffRemoved"] = new("st-removed", Dash, "Removed"),
        ["DiffChanged"] = new("st-changed", Turned, "Changed"),
        ["DiffSame"] = new("st-waiting", Hollow, "Same"),
        ["Published"] = new("st-good", Check, "Published"),
        ["Deprecated"] = new("st-asks", Hand, "Deprecated"),
        ["Retired"] = new("st-gone", Dash, "Retired"),
        ["Open"] = new("st-asks", Hand, "Undecided"),
        ["Reverting"] = new("st-working", Ring, "Being reverted"),
        ["Adopted"] = new("st-good", Check, "Adopted"),
        ["Ignored"] = new("st-left", Skip, "Ignored"),
        ["Untouched"] = new("st-left", Dash, "Not in this run"),
        ["Part"] = new("st-waiting", Hollow, "Part"),
        ["Gate"] = new("st-waiting", Hollow, "Gate"),
        ["Destroyed"] = new("st-gone", Dash, "Destroyed"),
        ["HandedOver"] = new("st-gone", Dash, "Handed over"),
        ["Abandoned"] = new("st-gone", Dash, "Abandoned"),
        ["Removed"] = new("st-gone", Dash, "Removed"),
        ["Revoked"] = new("st-gone", Dash, "Revoked"),
    };

    /// <summary>
    /// The look of a state by the name of its enum value. A step that is ready waits for its turn, an entity that is ready is
    /// well; the name alone cannot tell, so a step's is asked for as <c>Queued</c> (see <see cref="NameOf"/>).
    /// </summary>
    public static StateStyle Of(string state) => Table.TryGetValue(state, out var style) ? style : new("st-unknown", Question, state);

    /// <summary>The name to ask for a step's state with.</summary>
    public static string NameOf(Workflows.Runs.StepState state) => state is Workflows.Runs.StepState.Ready ? "Queued" : state.ToString();
}
