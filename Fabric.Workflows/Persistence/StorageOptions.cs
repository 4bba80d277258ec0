using System.Globalization;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Configuration;

namespace Fabric.Workflows.Persistence;

/// <summary>Where Fabric keeps its databases: section <c>Fabric:Storage</c>, and <c>Fabric:Data</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Storage";

    /// <summary>Key of the folder.</summary>
    public const string DataKey = "Fabric:Data";

    /// <summary>Files in <see cref="Data"/>.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>Schemas of one PostgreSQL database.</summary>
    public const string Postgres = "Postgres";

    /// <summary><c>Sqlite</c> (files in <see cref="Data"/>) or <c>Postgres</c> (schemas of one database).</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Npgsql connection string; required with <c>Postgres</c>, unused with <c>Sqlite</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Slugs of the cells this server opens; default <c>["local"]</c>.</summary>
    public IReadOnlyList<string> Cells { get; set; } = ["local"];

    /// <summary>
    /// How long one cell may take, in seconds, when pages or the API ask all (a list, a thing by its id); 1 to 300, default 3. Who is later is
    /// named while the others answer. Agents' own calls wait 3 s whatever this says: they give up earlier than this may be.
    /// </summary>
    public int AnswerSeconds { get; set; } = 3;

    /// <summary>Folder of embedded databases and keys (<c>Fabric:Data</c>), relative to the folder of the settings file; default <c>data</c>.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Reads the settings.</summary>
    public static StorageOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var cells = section.GetSection(nameof(Cells)).GetChildren().Select(c => c.Value ?? "").ToList();
        return new StorageOptions
        {
            Provider = section[nameof(Provider)] ?? Sqlite,
            ConnectionString = section[nameof(ConnectionString)] ?? "",
            Cells = cells.Count == 0 ? ["local"] : cells,
            AnswerSeconds = section[nameof(AnswerSeconds)] is { Length: > 0 } seconds ? int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0 : 3,
            Data = configuration[DataKey] is { Length: > 0 } data ? data : "data",
        };
    }

    /// <summary>Every fault of the settings, each naming its key; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Provider is not (Sqlite or Postgres))
            faults.Add($"{Section}:{nameof(Provider)} is '{Provider}'; it must be Sqlite or Postgres.");
        if (Provider == Postgres && string.IsNullOrWhiteSpace(ConnectionString))
            faults.Add($"{Section}:{nameof(ConnectionString)} is empty; Postgres needs a connection string.");
        for (var i = 0; i < Cells.Count; i++)
        {
            if (!Slug.IsValid(Cells[i]))
                faults.Add($"{Section}:{nameof(Cells)}:{i} is '{Cells[i]}'; a cell's slug is {Slug.Rule}.");
        }

        if (Cells.Distinct().Count() != Cells.Count)
            faults.Add($"{Section}:{nameof(Cells)} names a cell twice.");
        if (AnswerSeconds is < 1 or > 300)
            faults.Add($"{Section}:{nameof(AnswerSeconds)} must be a whole number of seconds, 1 to 300.");
        return faults;
    }
}
