using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>Brings a database to the program's schema at start, and refuses one that is ahead of the program.</summary>
internal static class Schema
{
    /// <param name="db">The database.</param>
    /// <param name="release">
    /// Takes away what a killed migration left behind. SQLite keeps EF's migration lock in a table, so a kill would stop every later start.
    /// </param>
    /// <exception cref="NewerSchemaException">The database has migrations that this program does not know.</exception>
    public static void Apply(DbContext db, Action? release = null)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = db.Database.GetAppliedMigrations().ToList();
        if (applied.Find(id => !known.Contains(id)) is { } newer)
            throw new NewerSchemaException(newer);
        if (applied.Count == known.Count)
            return;
        release?.Invoke();
        db.Database.Migrate();
    }
}

/// <summary>The database was written by a newer Fabric.</summary>
public sealed class NewerSchemaException(string migration)
    : Exception($"its schema is newer than this program (it has {migration}). Start the newer Fabric, or restore a backup made before the upgrade.");
