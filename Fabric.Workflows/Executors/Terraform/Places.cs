namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Bounds how many processes run at once, in a cell and in a cloud account: who comes first is served first, and who gets no place is told
/// who has them. Looks for drift have places of their own, so they hold no change up.
/// </summary>
public sealed class Places(TerraformOptions options, TimeProvider time)
{
    // Who waits asks every few seconds; who has not asked for this long waits no more.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Place> taken = [];
    private readonly Dictionary<(Guid Entity, bool IsLook), Waiting> line = [];

    /// <summary>Takes a place.</summary>
    /// <param name="wanted">The place.</param>
    /// <param name="anyway">Take it even if there is none: the process runs already.</param>
    /// <returns>Null when it was taken; else a sentence that says what is waited for, which names nobody else's environments.</returns>
    public string? Take(Place wanted, bool anyway = false)
    {
        lock (gate)
        {
            if (taken.ContainsKey(wanted.Lease))
                return null;
            var now = time.GetUtcNow();
            foreach (var (over, _) in taken.Where(place => !place.Value.Lives()).ToList())
                taken.Remove(over);
            foreach (var (gone, _) in line.Where(waits => now - waits.Value.Asked > Patience).ToList())
                line.Remove(gone);
            if (!anyway && Obstacle(wanted) is { } sentence)
            {
                var since = line.GetValueOrDefault(wanted.Key)?.Since ?? now;
                line[wanted.Key] = new Waiting(wanted, since, now);
                return sentence;
            }

            line.Remove(wanted.Key);
            taken[wanted.Lease] = wanted;
            return null;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(Guid lease)
    {
        lock (gate)
            taken.Remove(lease);
    }

    private string? Obstacle(Place wanted)
    {
        var (perCell, perAccount) = wanted.IsLook ? (options.Looks, Math.Min(options.Looks, options.PerAccount)) : (options.PerCell, options.PerAccount);
        var alike = taken.Values.Where(place => place.IsLook == wanted.IsLook).ToList();
        var since = line.GetValueOrDefault(wanted.Key)?.Since ?? DateTimeOffset.MaxValue;
        // Who waits for its account only holds nobody else up.
        var ahead = line.Values.Where(other => other.For.IsLook == wanted.IsLook && other.For.Key != wanted.Key && other.Since < since).Select(other => other.For)
            .Where(other => other.Account is null || alike.Count(place => place.Account == other.Account) < perAccount).ToList();
        var inCell = alike.Where(place => place.Cell == wanted.Cell).ToList();
        if (inCell.Count + ahead.Count(other => other.Cell == wanted.Cell) >= perCell)
            return $"Waits: {(wanted.IsLook ? "looks" : "pieces of Terraform work")} of cell {wanted.Cell} run at most {perCell} at once: {Named(inCell, ahead, wanted)}.";
        var inAccount = wanted.Account is null ? [] : alike.Where(place => place.Account == wanted.Account).ToList();
        return wanted.Account is not null && inAccount.Count + ahead.Count(other => other.Account == wanted.Account) >= perAccount
            ? $"Waits: in this cloud account at most {perAccount} run at once: {Named(inAccount, ahead, wanted)}."
            : null;
    }

    private static string Named(List<Place> going, List<Place> ahead, Place wanted)
    {
        var own = going.Where(place => place.Tenant == wanted.Tenant).Select(place => place.What).Take(4).ToList();
        string[] parts = [.. own, .. going.Count > own.Count ? [$"{going.Count - own.Count} {(own.Count > 0 ? "more" : "others")}"] : Array.Empty<string>(), .. ahead.Count > 0 ? [$"{ahead.Count} waited before it"] : Array.Empty<string>()];
        return string.Join(", ", parts);
    }

    private sealed record Waiting(Place For, DateTimeOffset Since, DateTimeOffset Asked);
}

/// <summary>The place of one process.</summary>
/// <param name="Lease">Its lease.</param>
/// <param name="Cell">Slug of its cell.</param>
/// <param name="Account">The cloud account it works in; null for none.</param>
/// <param name="Tenant">Whose it is: others are not told its name.</param>
/// <param name="Entity">What it works on.</param>
/// <param name="What">Its name, for those who wait.</param>
/// <param name="IsLook">Whether it only looks for drift.</param>
/// <param name="Lives">Whether the place is needed still: work that ended and that nobody follows gives it back when somebody waits.</param>
public sealed record Place(Guid Lease, string Cell, Guid? Account, string Tenant, Guid Entity, string What, bool IsLook, Func<bool> Lives)
{
    /// <summary>What stands in line: one entity's work, however often it asks.</summary>
    public (Guid Entity, bool IsLook) Key => (Entity, IsLook);
}
