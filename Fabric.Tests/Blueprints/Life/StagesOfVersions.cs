using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;

namespace Fabric.Tests.Blueprints.Life;

/// <summary>Published, deprecated, retired: what is to be used, and what may.</summary>
public sealed class StagesOfVersions : LibraryBed
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var number = 1; number <= 3; number++)
            await PublishAsync("shop", Text("shop", Net) + $"# {number}\n");
    }

    private async Task MoveAsync(int version, StageMove move, string reason = "Old.")
    {
        var moved = await Stages.MoveAsync(Ada, "shop", version, move, reason, Cancel);
        Assert.True(moved.Succeeded, moved.Succeeded ? "" : moved.Faults[0].Message);
    }

    private async Task<int?> NewestAsync() => (await Library.VersionAsync("shop", null, Cancel))?.Version;

    [Fact]
    public async Task The_newest_is_one_that_is_published_then_one_that_is_deprecated_and_never_a_retired_one()
    {
        await MoveAsync(3, StageMove.Deprecate);
        Assert.Equal(2, await NewestAsync());
        await MoveAsync(2, StageMove.Deprecate);
        await MoveAsync(1, StageMove.Retire);
        Assert.Equal((3, 3), (await NewestAsync(), Assert.Single(await Library.NewestAsync(Cancel)).Version));
        await MoveAsync(3, StageMove.Retire);
        await MoveAsync(2, StageMove.Retire);
        Assert.Null(await NewestAsync());
        Assert.Empty(await Library.NewestAsync(Cancel));
        Assert.Equal(3, (await Library.LastAsync("shop", Cancel))!.Version);
    }

    [Fact]
    public async Task A_number_is_never_given_twice_whatever_became_of_the_version()
    {
        await MoveAsync(3, StageMove.Retire);

        Assert.Equal(4, (await PublishAsync("shop", Text("shop", Net))).Version);
    }

    [Fact]
    public async Task A_version_that_is_used_is_not_retired_and_its_users_are_named()
    {
        await UseAsync("shop", 2, "one");
        await UseAsync("shop", 2, "two");

        var fault = (await Stages.MoveAsync(Ada, "shop", 2, StageMove.Retire, "Old.", Cancel)).Faults[0];

        Assert.Equal((FaultKind.WrongState, "VersionInUse"), (fault.Kind, fault.Code));
        Assert.StartsWith("Version 2 of shop is used by sample/one, sample/two.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(VersionStage.Published, (await Library.VersionAsync("shop", 2, Cancel))!.Stage);
        await MoveAsync(1, StageMove.Retire);
    }

    [Fact]
    public async Task Moves_are_refused_from_where_they_do_not_lead_and_without_a_reason()
    {
        Assert.Contains("Version 1 of shop is Published; to reinstate it, it must be Deprecated or Retired.", (await Stages.MoveAsync(Ada, "shop", 1, StageMove.Reinstate, "", Cancel)).Faults[0].Message, StringComparison.Ordinal);
        Assert.Equal("reason", (await Stages.MoveAsync(Ada, "shop", 1, StageMove.Deprecate, " ", Cancel)).Faults[0].Field);
        Assert.Equal(FaultKind.NotFound, (await Stages.MoveAsync(Ada, "shop", 9, StageMove.Deprecate, "Old.", Cancel)).Faults[0].Kind);
        Assert.Equal(FaultKind.Forbidden, (await Stages.MoveAsync(Owner, "shop", 1, StageMove.Deprecate, "Old.", Cancel)).Faults[0].Kind);
    }

    [Fact]
    public async Task Every_move_is_in_the_chain_of_audit_with_its_reason()
    {
        await MoveAsync(1, StageMove.Deprecate, "Version 2 is safer.");
        await MoveAsync(1, StageMove.Reinstate, "");

        var audit = await AuditAsync();
        Assert.Equal("blueprint.deprecate: shop version 1 deprecated. Version 2 is safer.", audit[^2]);
        Assert.Equal("blueprint.reinstate: shop version 1 reinstated.", audit[^1]);
        Assert.Equal("", (await Library.VersionAsync("shop", 1, Cancel))!.StageReason);
    }

    [Fact]
    public async Task Nothing_new_starts_on_a_retired_version_and_the_sentence_says_why()
    {
        await MoveAsync(1, StageMove.Retire, "Its images are gone.");
        await MoveAsync(2, StageMove.Deprecate);

        Assert.Equal("Version 1 of shop is retired: Its images are gone. Choose another version.", VersionChoice.Refuse((await Library.VersionAsync("shop", 1, Cancel))!)!.Message);
        Assert.Null(VersionChoice.Refuse((await Library.VersionAsync("shop", 2, Cancel))!));
    }
}
