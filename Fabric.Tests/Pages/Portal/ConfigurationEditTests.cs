using System.Text.Json.Nodes;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Pages.Portal;

public sealed class ConfigurationEditTests
{
    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    [Fact]
    public void The_patch_holds_what_differs_and_nulls_what_is_gone()
    {
        var edit = new ConfigurationEdit(Json("""{"a":1,"b":{"c":1,"d":2},"e":5}"""), 3) { Values = Json("""{"a":1,"b":{"c":9,"d":2},"f":6}""") };

        Assert.Equal("""{"b":{"c":9},"e":null,"f":6}""", edit.Patch.ToJsonString());
    }

    [Fact]
    public void An_untouched_form_follows_newer_parameters_and_a_touched_one_does_not()
    {
        var untouched = new ConfigurationEdit(Json("""{"a":1}"""), 3);
        untouched.Follow(Json("""{"a":2}"""), 4);
        var touched = new ConfigurationEdit(Json("""{"a":1}"""), 3) { Values = Json("""{"a":7}""") };
        touched.Follow(Json("""{"a":2}"""), 4);

        Assert.Equal((4, 2), (untouched.Revision, (int)untouched.Values["a"]!));
        Assert.Equal((3, 7), (touched.Revision, (int)touched.Values["a"]!));
    }

    [Fact]
    public void After_a_conflict_ones_own_change_can_be_put_on_top_of_the_newest()
    {
        var edit = new ConfigurationEdit(Json("""{"a":1,"b":1}"""), 3) { Values = Json("""{"a":7,"b":1}""") };
        edit.Faults = [new OperationFault(FaultKind.PreconditionFailed, "Stale", "Someone was faster.")];
        Assert.True(edit.Conflict);

        edit.Rebase(Json("""{"a":1,"b":2}"""), 4);

        Assert.False(edit.Conflict);
        Assert.Equal("""{"a":7,"b":2}""", edit.Values.ToJsonString());
        Assert.Equal("""{"a":7}""", edit.Patch.ToJsonString());
    }
}
