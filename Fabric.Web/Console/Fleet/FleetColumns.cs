namespace Fabric.Web.ConsoleView.Fleet;

/// <summary>The columns of the fleet's table; hidden ones stand in the address: <c>?hide=cell,agent</c>.</summary>
public sealed class FleetColumns(string? hide)
{
    private readonly HashSet<string> hidden = [.. (hide ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>All but the name, which always stands.</summary>
    public static IReadOnlyList<(string Key, string Title)> All { get; } =
    [
        ("tenant", "Tenant"), ("state", "State"), ("drift", "Drift"), ("blueprint", "Blueprint"), ("place", "Cloud / region"),
        ("cell", "Cell"), ("run", "Run"), ("agent", "Agent"), ("updated", "Updated"),
    ];

    /// <summary>Whether a column is shown.</summary>
    public bool Shows(string key) => !hidden.Contains(key);

    /// <summary>The address value after a column was shown or hidden; null when none is hidden.</summary>
    public string? Toggle(string key)
    {
        var left = All.Select(column => column.Key).Where(column => hidden.Contains(column) != (column == key)).ToList();
        return left.Count == 0 ? null : string.Join(',', left);
    }
}
