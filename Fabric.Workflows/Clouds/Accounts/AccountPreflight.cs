using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>Checks accounts against their clouds, and keeps what was found.</summary>
public sealed class AccountPreflight(AccountBook book, AccountReads reads, CloudCatalog clouds, TimeProvider time)
{
    /// <summary>Looks whether environments can be made in an account. Takes as long as the cloud does, up to minutes.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The account.</param>
    /// <param name="ct">Gives up; nothing is kept then.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was found.</param>
    public async Task<Outcome<AccountLine>> RunAsync(Actor actor, Guid id, CancellationToken ct, Func<AccountLine, IReadOnlyList<object>>? alongside = null)
    {
        if (await reads.RowAsync(actor, id, ct) is not var (cell, seen, _))
            return AccountReads.NotFound(id);
        if (AccountBook.Forbidden(actor) is { } forbidden)
            return forbidden;
        var checks = await CheckAsync(cell, seen, ct);
        return await book.UnderGateAsync<AccountLine>(actor, id, async (_, row, usedBy) =>
        {
            if (!IsSame(seen, row))
                return new OperationFault(FaultKind.Conflict, "AccountChanged", $"Cloud account {row.Name} was changed while it was checked: check it again.");
            var now = time.GetUtcNow();
            var next = row with
            {
                Preflight = PreflightCheck.ToJson(checks),
                State = checks.Any(check => check.Result is CheckResult.Failed) ? CloudAccountState.Failed : CloudAccountState.Connected,
                CheckedAt = now,
                UpdatedAt = now,
            };
            var line = AccountLine.Of(cell.Slug, next, usedBy);
            await cell.Journal.CommitAsync(AccountBook.Batch(new JournalBatch().Change(row, next), alongside?.Invoke(line), book.Event(actor, row, "cloud-account.preflight", Sentence(next, checks))), ct);
            return line;
        }, ct);
    }

    private async Task<IReadOnlyList<PreflightCheck>> CheckAsync(Cell cell, CloudAccount row, CancellationToken ct)
    {
        const string Advice = "Change the account's sign-in, then check again.";
        try
        {
            var cloud = clouds.Find(row.Cloud)!;
            var account = row.Open(cell.Keys);
            return cloud.Check(row, account.Secret) is { Count: > 0 } faults
                ? [.. faults.Select(fault => PreflightCheck.Failed("Sign-in", fault.Message, Advice))]
                : await cloud.PreflightAsync(account, ct);
        }
        catch (CryptographicException)
        {
            return [PreflightCheck.Failed("Sign-in", "The credential cannot be opened: it was sealed by other keys.", Advice)];
        }
    }

    private static bool IsSame(CloudAccount seen, CloudAccount now) =>
        JsonNode.DeepEquals(seen.SignIn, now.SignIn) && (seen.Sealed ?? []).AsSpan().SequenceEqual(now.Sealed ?? []) && seen.Regions.SequenceEqual(now.Regions);

    private static string Sentence(CloudAccount row, IReadOnlyList<PreflightCheck> checks)
    {
        int Count(CheckResult result) => checks.Count(check => check.Result == result);
        return $"Cloud account {row.Name} was checked: {Count(CheckResult.Passed)} passed, {Count(CheckResult.Failed)} failed, {Count(CheckResult.NotChecked)} not checked.";
    }
}
