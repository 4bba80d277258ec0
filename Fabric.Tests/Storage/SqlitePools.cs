using Microsoft.Data.Sqlite;

namespace Fabric.Tests.Storage;

/// <summary>Closes what is kept open of one file. Closing every pool of the process can take a connection away from a test beside it that is just opening one.</summary>
internal static class SqlitePools
{
    /// <summary>Closes the idle connections to a database that somebody is about to overwrite.</summary>
    public static void Close(string file)
    {
        using var named = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file }.ToString());
        SqliteConnection.ClearPool(named);
    }
}
