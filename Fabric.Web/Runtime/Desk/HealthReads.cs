using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Whether this server can work: its Terraform, its cells.</summary>
internal sealed class HealthReads(FabricStorage storage, EnvironmentFinder finder, IOptions<TerraformOptions> options, TimeProvider time)
{
    /// <summary>How long what was found of the program is believed: asking it starts a process.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private (DateTimeOffset At, Task<Outcome<TerraformProgram>> Answer)? last;

    public async Task<ServerHealth?> GetAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsVendor)
            return null;
        var settings = options.Value;
        var program = await ProgramAsync().WaitAsync(ct);
        var found = await finder.AllAsync(actor, (db, token) => db.Leases.CountAsync(lease => lease.EndedAt == null, token), ct);
        var open = found.Rows.ToDictionary(row => row.Cell, row => row.Value, StringComparer.Ordinal);
        var silent = found.Unreachable.ToDictionary(cell => cell.Cell, cell => cell.Sentence, StringComparer.Ordinal);
        return new ServerHealth(
            program.Succeeded ? program.Value.Path : null,
            program.Succeeded ? program.Value.Version : null,
            program.Succeeded ? null : program.Faults[0].Message,
            settings.User.Length > 0 ? settings.User : null,
            MirrorOf(settings),
            settings.Registry,
            [.. storage.Cells.Slugs.Concat(silent.Keys).Distinct().Order(StringComparer.Ordinal).Select(slug => new CellHealth(slug, silent.GetValueOrDefault(slug), open.GetValueOrDefault(slug)))]);
    }

    /// <summary>The folder that Terraform is told to install from: the one of the settings, else the server user's own.</summary>
    internal static string? MirrorOf(TerraformOptions settings)
    {
        var folder = settings.Mirror.Length > 0 ? settings.Mirror : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".terraform.d", "plugins");
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The program as it was found last; who asks at the same time gets the same answer.</summary>
    private Task<Outcome<TerraformProgram>> ProgramAsync()
    {
        lock (gate)
        {
            if (last is not { } known || time.GetUtcNow() - known.At > Believed)
                last = known = (time.GetUtcNow(), TerraformProgram.FindAsync(options.Value, CancellationToken.None));
            return known.Answer;
        }
    }
}
