using System.Net.Sockets;
using Npgsql;

namespace Fabric.Workflows.Persistence.Postgres;

/// <summary>What PostgreSQL's error codes mean, and what to do. Codes: appendix A of its manual.</summary>
internal static class PostgresFaults
{
    public static StorageFault Classify(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException postgres)
                return Classify(postgres);
            if (e is SocketException or IOException or TimeoutException || e is NpgsqlException { IsTransient: true })
                return new(StorageFaultKind.Unreachable, "PostgreSQL does not answer. Check that it runs and that the connection string is right; Fabric goes on by itself.");
        }

        return new(exception is NpgsqlException ? StorageFaultKind.Unreachable : StorageFaultKind.Other, exception.Message);
    }

    private static StorageFault Classify(PostgresException e)
    {
        if (e.SqlState == PostgresErrorCodes.UniqueViolation)
            return new(StorageFaultKind.Conflict, e.MessageText);
        var sentence = e.SqlState[..2] switch
        {
            "53" when e.SqlState == PostgresErrorCodes.DiskFull => "the disk of PostgreSQL is full. Free space on it; Fabric goes on by itself.",
            "53" => $"PostgreSQL is out of resources ({e.MessageText}). Give it more; Fabric goes on by itself.",
            "57" or "08" => $"PostgreSQL ended the connection ({e.MessageText}). Fabric goes on by itself when it is back.",
            "28" => $"PostgreSQL refuses the sign-in ({e.MessageText}). Correct the connection string.",
            "3D" => $"{e.MessageText}. Create the database or correct the connection string.",
            "42" when e.SqlState == PostgresErrorCodes.InsufficientPrivilege => $"PostgreSQL refuses the right ({e.MessageText}). Grant it to the user of the connection string.",
            "25" => "PostgreSQL is read-only, a standby perhaps. Connect to the primary server.",
            "58" or "XX" => $"PostgreSQL reports a broken file ({e.MessageText}). Check its disk and log; restore from a backup if need be.",
            _ => null,
        };
        return sentence is null ? new(StorageFaultKind.Other, e.MessageText) : new(StorageFaultKind.Unreachable, sentence, e.SqlState == PostgresErrorCodes.DiskFull);
    }
}
