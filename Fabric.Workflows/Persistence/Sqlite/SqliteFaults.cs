using Microsoft.Data.Sqlite;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>What SQLite's result codes mean, and what to do. Codes: sqlite.org/rescode.html.</summary>
internal static class SqliteFaults
{
    private const int Full = 13;
    private const int Constraint = 19;
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;

    public static StorageFault Classify(Exception exception, string folder)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SqliteException sqlite)
                return Classify(sqlite, folder);
            if (e is UnauthorizedAccessException or IOException)
                return new(StorageFaultKind.Unreachable, $"{e.Message} Check the folder {folder} and its permissions.");
        }

        return new(StorageFaultKind.Other, exception.Message);
    }

    private static StorageFault Classify(SqliteException e, string folder)
    {
        if (e.SqliteErrorCode == Constraint)
            return new(e.SqliteExtendedErrorCode is PrimaryKey or Unique ? StorageFaultKind.Conflict : StorageFaultKind.Other, e.Message);
        var sentence = e.SqliteErrorCode switch
        {
            5 or 6 => $"its database in {folder} is locked by another process. Stop that process; Fabric goes on by itself.",
            7 => $"memory ran out while its database in {folder} was written. Give the server more memory.",
            8 => $"its database in {folder} is read-only. Make the file and its folder writable; Fabric goes on by itself.",
            10 => $"its database in {folder} cannot be read or written (I/O error {e.SqliteExtendedErrorCode}). Check the disk; Fabric goes on by itself.",
            11 or 26 => $"its database in {folder} is corrupt or no SQLite database. Stop the server and restore the file from a backup.",
            Full => $"the disk that holds {folder} is full. Free space on it; Fabric goes on by itself.",
            14 => $"its database in {folder} cannot be opened. Check that the folder exists and may be written.",
            _ => null,
        };
        return sentence is null ? new(StorageFaultKind.Other, e.Message) : new(StorageFaultKind.Unreachable, sentence, e.SqliteErrorCode == Full);
    }
}
