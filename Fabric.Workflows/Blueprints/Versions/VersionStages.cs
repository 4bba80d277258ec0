using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>Says of published versions whether they are to be used.</summary>
public sealed class VersionStages(FabricStorage storage, TimeProvider time)
{
    private const int NamedUsers = 5;

    /// <summary>Moves a version to another stage.</summary>
    /// <param name="actor">Who says so.</param>
    /// <param name="name">Blueprint.</param>
    /// <param name="number">Version.</param>
    /// <param name="move">What is to be done.</param>
    /// <param name="reason">Why; needed to deprecate and to retire.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from the version as it is then.</param>
    /// <remarks>
    /// A version is retired first and its users are counted again after that: whoever came in between is seen, and the version is put back.
    /// An environment whose creation read the stage before and commits after the second count lands on a retired version; its cell has a
    /// copy, so it runs like any other.
    /// </remarks>
    public async Task<Outcome<BlueprintVersionRecord>> MoveAsync(
        Actor actor, string name, int number, StageMove move, string reason, CancellationToken ct, Func<BlueprintVersionRecord, IReadOnlyList<object>>? alongside = null)
    {
        if (!Rights.Has(actor.Role, Right.Administer))
            return new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not {move.Name} versions of blueprints.");
        if (move.To is not VersionStage.Published && string.IsNullOrWhiteSpace(reason))
            return new OperationFault(FaultKind.Invalid, "MissingReason", $"Say why version {number} of {name} is {Past(move)}: whoever uses it reads that.", "reason");
        if (move.To is VersionStage.Retired && await UsedAsync(name, number, ct) is { } used)
            return used;
        var retires = move.To is VersionStage.Retired;
        var moved = await WriteAsync(actor, name, number, move, reason.Trim(), retires ? null : alongside, ct);
        if (!moved.Succeeded)
            return moved.Cast<BlueprintVersionRecord>();
        var (before, after) = moved.Value;
        if (!retires)
            return after;
        if (await UsedAsync(name, number, CancellationToken.None) is { } meanwhile)
        {
            await PutBackAsync(actor, before, after, meanwhile, CancellationToken.None);
            return meanwhile;
        }

        // Only now is it known that it holds, so only now is the answer kept for who asks again.
        if (alongside?.Invoke(after) is { Count: > 0 } rows)
            await storage.Directory.WriteAsync(db => { db.AddRange(rows); return Task.CompletedTask; }, [], CancellationToken.None);
        return after;
    }

    private async Task<Outcome<(BlueprintVersionRecord Before, BlueprintVersionRecord After)>> WriteAsync(
        Actor actor, string name, int number, StageMove move, string reason, Func<BlueprintVersionRecord, IReadOnlyList<object>>? alongside, CancellationToken ct)
    {
        OperationFault? fault = null;
        BlueprintVersionRecord? before = null, after = null;
        await storage.Directory.WriteAsync(
            async db =>
            {
                before = await db.BlueprintVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Name == name && v.Version == number, ct);
                fault = before is null ? new OperationFault(FaultKind.NotFound, "NotFound", $"There is no version {number} of blueprint {name}.")
                    : move.Allows(before.Stage) ? null
                    : new OperationFault(FaultKind.WrongState, "WrongState", $"Version {number} of {name} is {before.Stage}; to {move.Name} it, it must be {string.Join(" or ", move.From)}.");
                if (fault is not null)
                    return [];
                after = before! with { Stage = move.To, StageReason = move.To is VersionStage.Published ? "" : reason };
                db.Update(after);
                db.AddRange(alongside?.Invoke(after) ?? []);
                return [Event(actor, $"blueprint.{move.Name}", after, $"{name} version {number} {Past(move)}. {reason}".TrimEnd())];
            },
            ct);
        return fault is { } refused ? refused : (before!, after!);
    }

    /// <summary>Unless somebody moved it on since.</summary>
    private Task PutBackAsync(Actor actor, BlueprintVersionRecord before, BlueprintVersionRecord after, OperationFault why, CancellationToken ct) => storage.Directory.WriteAsync(
        async db =>
        {
            if (await db.BlueprintVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Name == after.Name && v.Version == after.Version, ct) != after)
                return [];
            db.Update(before);
            return [Event(actor, "blueprint.retire-undone", before, $"{before.Name} version {before.Version} is {before.Stage} again: {why.Message}")];
        },
        ct);

    /// <summary>Why it cannot be retired; null when nobody uses it, as every cell says.</summary>
    private async Task<OperationFault?> UsedAsync(string name, int number, CancellationToken ct)
    {
        var found = await VersionUse.FindAsync(storage.Cells, name, number, time, ct);
        var users = found.Rows.SelectMany(row => row.Value).ToList();
        if (users.Count > 0)
        {
            var named = string.Join(", ", users.Take(NamedUsers).Select(user => $"{user.Tenant}/{user.Name}"));
            var more = users.Count > NamedUsers ? $" and {users.Count - NamedUsers} more" : "";
            return new OperationFault(FaultKind.WrongState, "VersionInUse", $"Version {number} of {name} is used by {named}{more}. Move them to another version first, or deprecate it.");
        }

        return found.Unreachable is [var silent, ..]
            ? new OperationFault(FaultKind.Unavailable, "CellUnreachable", $"Cell {silent.Cell} does not answer, so nobody knows whether it uses version {number} of {name}: {silent.Sentence} Retire it when the cell is back, or deprecate it now.")
            : null;
    }

    private static string Past(StageMove move) => move.To switch
    {
        VersionStage.Deprecated => "deprecated",
        VersionStage.Retired => "retired",
        _ => "reinstated",
    };

    private AuditEvent Event(Actor actor, string action, BlueprintVersionRecord version, string message) =>
        AuditEvent.Of(actor, Actor.VendorTenant, action, $"blueprint/{version.Name}", message, time.GetUtcNow());
}
