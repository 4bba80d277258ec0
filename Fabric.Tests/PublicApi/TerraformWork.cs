using System.Text;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.PublicApi;

/// <summary>Rows as Terraform's work leaves them, put beside an environment of the sandbox.</summary>
internal static class TerraformWork
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An environment whose network has been made.</summary>
    public static async Task<(Guid Id, Guid Run, Entity Network)> EnvironmentWithNetworkAsync(this ApiHost host)
    {
        var (id, run) = await host.EnvironmentAsync();
        await host.Owner.UntilAsync($"/api/v1/environments/{id}", one => one["entities"]!.AsArray().Any(e => (string?)e!["node"] == "network" && (string?)e["state"] == "Ready"), "a network that stands");
        return (id, run, await host.Cell().ReadAsync(TenantScope.All, db => db.Entities.SingleAsync(e => e.EnvironmentId == id && e.Node == "network", Stop)));
    }

    public static Cell Cell(this ApiHost host) => host.Storage.Cells.Get("local");

    public static Task PutAsync(this ApiHost host, params object[] rows)
    {
        var batch = new JournalBatch();
        foreach (var row in rows)
            batch.Put(row);
        return host.Cell().Journal.CommitAsync(batch, Stop);
    }

    public static StepLog Log(Guid environment, Guid run, string text, int attempt, DateTimeOffset at) =>
        new() { RunId = run, Node = "network", Id = Guid.CreateVersion7(at), Tenant = "sample", EnvironmentId = environment, Attempt = attempt, At = at, Text = text };

    public static object[] State(Cell cell, Entity entity, int number, DateTimeOffset at)
    {
        var text = Encoding.UTF8.GetBytes($$"""{"version":4,"terraform_version":"1.11.0","serial":{{number}},"lineage":"l","outputs":{},"resources":[]}""");
        return
        [
            new StateVersion
            {
                EntityId = entity.Id, Number = number, Tenant = "sample", EnvironmentId = entity.EnvironmentId, Lineage = "l", Serial = number, Hash = StateText.HashOf(text), Size = text.Length,
                Resources = 0, RunId = Guid.CreateVersion7(at), Writer = "Run of network", At = at,
            },
            new StateBody { EntityId = entity.Id, Number = number, Tenant = "sample", Sealed = StateSeal.Seal(cell, $"state/{entity.Id:D}/{number}", text) },
        ];
    }

    public static DriftFinding Finding(Entity entity, string address, DateTimeOffset at, params FieldChange[] changes) => new()
    {
        Id = Guid.CreateVersion7(at), Tenant = "sample", EnvironmentId = entity.EnvironmentId, EntityId = entity.Id, Node = entity.Node, Address = address, Type = address.Split('.')[0],
        Action = PlanAction.Update, Changes = changes, FoundAt = at, SeenAt = at,
    };

    /// <summary>What was written down about an environment, by a prefix of the verb.</summary>
    public static async Task<List<string>> AuditAsync(this ApiHost host, string subject, string prefix)
    {
        await using var db = host.Cell().Open(TenantScope.Of("sample"));
        return await db.AuditEvents.Where(row => row.Subject.StartsWith(subject) && row.Action.StartsWith(prefix)).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Stop);
    }
}
