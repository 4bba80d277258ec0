using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.PublicApi;

/// <summary>Whoever plays with the simulated cloud stands in the audit chain.</summary>
[Collection("api")]
public sealed class SandboxTests(ApiHost host)
{
    [Fact]
    public async Task A_fault_and_a_change_behind_Fabrics_back_are_audit_events()
    {
        var (id, run) = await host.EnvironmentAsync();
        var fault = await host.As(Role.Sre, Actor.VendorTenant).CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/sandbox/faults", new JsonObject { ["node"] = "pinot", ["kind"] = "Terminal" });
        Assert.True(fault.Status == 200, fault.ToString());
        Assert.Equal(["sandbox.fault"], await ActionsAsync(id));
        await host.Owner.UntilAsync($"/api/v1/environments/{id}", one => one["entities"]!.AsArray().Any(e => (string?)e!["node"] == "network" && (string?)e["state"] == "Ready"), "a network that stands");
        var tamper = await host.As(Role.Sre, Actor.VendorTenant).CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/sandbox/tamper", new JsonObject { ["node"] = "network", ["patch"] = new JsonObject { ["cidr"] = "x" } });
        Assert.True(tamper.Status == 200, tamper.ToString());
        Assert.Equal(["sandbox.fault", "sandbox.tamper"], await ActionsAsync(id));
        await host.CancelAsync(run);
    }

    private async Task<List<string>> ActionsAsync(Guid id)
    {
        await using var db = host.Storage.Cells.Get("local").Open(TenantScope.Of("sample"));
        return await db.AuditEvents.Where(row => row.Subject == $"environment/{id}" && row.Action.StartsWith("sandbox.")).OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(TestContext.Current.CancellationToken);
    }
}
