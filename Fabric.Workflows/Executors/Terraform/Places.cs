namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Bounds how many processes run at once, in a cell and in a cloud account. Who gets no place is told who has them.</summary>
public sealed class Places(TerraformOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Place> taken = [];

    /// <summary>Takes a place for a lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cell">Slug of its cell.</param>
    /// <param name="account">The account it works in; null for none.</param>
    /// <param name="what">What it does, for those who wait.</param>
    /// <param name="lives">Whether the place is needed still: work that ended and that nobody follows gives it back when somebody waits.</param>
    /// <param name="anyway">Take it even if there is none: the process runs already.</param>
    /// <returns>Null when a place was taken; else a sentence that says what is waited for.</returns>
    public string? Take(Guid lease, string cell, Guid? account, string what, Func<bool> lives, bool anyway = false)
    {
        lock (gate)
        {
            if (taken.ContainsKey(lease))
                return null;
            foreach (var (over, _) in taken.Where(place => !place.Value.Lives()).ToList())
                taken.Remove(over);
            var inCell = taken.Values.Where(place => place.Cell == cell).ToList();
            var inAccount = account is null ? [] : taken.Values.Where(place => place.Account == account).ToList();
            if (!anyway && inCell.Count >= options.PerCell)
                return $"Waits: {options.PerCell} pieces of Terraform work of cell {cell} are under way: {Named(inCell)}.";
            if (!anyway && inAccount.Count >= options.PerAccount)
                return $"Waits: {options.PerAccount} pieces of Terraform work are under way in this cloud account: {Named(inAccount)}.";
            taken[lease] = new Place(cell, account, what, lives);
            return null;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(Guid lease)
    {
        lock (gate)
            taken.Remove(lease);
    }

    private static string Named(List<Place> places) => string.Join(", ", places.Take(4).Select(place => place.What));

    private sealed record Place(string Cell, Guid? Account, string What, Func<bool> Lives);
}
