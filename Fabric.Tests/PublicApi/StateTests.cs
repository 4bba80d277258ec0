using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.PublicApi;

/// <summary>States through the API: looked at by the vendor, restored by its operators.</summary>
[Collection("api")]
public sealed class StateTests(ApiHost host)
{
    private HttpClient Sre => host.As(Role.Sre, Actor.VendorTenant);

    [Fact]
    public async Task Versions_are_listed_without_their_text_and_an_earlier_one_is_restored_once_with_a_reason()
    {
        var (id, run, network) = await host.EnvironmentWithNetworkAsync();
        var now = host.Clock.GetUtcNow();
        await host.PutAsync([.. TerraformWork.State(host.Cell(), network, 1, now), .. TerraformWork.State(host.Cell(), network, 2, now)]);
        var path = $"/api/v1/environments/{id}/entities/network/state";

        var state = await Sre.GetReplyAsync(path);
        Assert.Equal(("2", "2,1"), (state.Json["inForce"]!.ToString(), string.Join(',', state.Json["versions"]!.AsArray().Select(one => one!["number"]))));
        Assert.DoesNotContain("terraform_version", state.Text, StringComparison.Ordinal);

        (await Sre.CallAsync(HttpMethod.Post, $"{path}/1/restore", new JsonObject())).Problem(400, "ReasonMissing", "reason");
        (await Sre.CallAsync(HttpMethod.Post, $"{path}/9/restore", new JsonObject { ["reason"] = "x" })).Problem(404);
        var wish = new JsonObject { ["reason"] = "2 went wrong" };
        var restored = await Sre.CallAsync(HttpMethod.Post, $"{path}/1/restore", wish, ("Idempotency-Key", $"restore-{id}"));
        Assert.Equal((200, 3, 3L, "2 went wrong"), (restored.Status, (int)restored.Json["number"]!, (long)restored.Json["serial"]!, (string?)restored.Json["reason"]));
        var again = await Sre.CallAsync(HttpMethod.Post, $"{path}/1/restore", wish, ("Idempotency-Key", $"restore-{id}"));
        Assert.Equal(restored.Text, again.Text);

        Assert.Equal("3", (await Sre.GetReplyAsync(path)).Json["inForce"]!.ToString());
        Assert.Equal(["state.restore"], await host.AuditAsync($"environment/{id}/state", "state."));
        await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
    }

    [Fact]
    public async Task A_locked_state_names_its_holder_and_is_not_restored()
    {
        var (id, run, network) = await host.EnvironmentWithNetworkAsync();
        var now = host.Clock.GetUtcNow();
        var lease = new Lease
        {
            Id = Guid.CreateVersion7(now), Tenant = "sample", EnvironmentId = id, EntityId = network.Id, RunId = run, Node = "network", Attempt = 1, Kind = LeaseKind.Apply, Machine = "m1/b1", Directory = "/private",
            TokenHash = "t0kenhash", StartedAt = now, ExpiresAt = now.AddMinutes(15),
        };
        var held = new StateLock { EntityId = network.Id, Tenant = "sample", EnvironmentId = id, LockId = "k", LeaseId = lease.Id, Info = """{"ID":"k","Operation":"OperationTypeApply","Who":"fabric@m1","Version":"1.11.0"}""", At = now };
        await host.PutAsync([.. TerraformWork.State(host.Cell(), network, 1, now), lease, held]);
        var path = $"/api/v1/environments/{id}/entities/network/state";

        var state = await Sre.GetReplyAsync(path);
        Assert.Equal(("fabric@m1", "m1", "Apply"), ((string?)state.Json["lock"]!["who"], (string?)state.Json["leases"]![0]!["machine"], (string?)state.Json["leases"]![0]!["kind"]));
        Assert.DoesNotContain("t0kenhash", state.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/private", state.Text, StringComparison.Ordinal);
        (await Sre.CallAsync(HttpMethod.Post, $"{path}/1/restore", new JsonObject { ["reason"] = "x" })).Problem(409, "StateLocked");

        await host.Cell().Journal.CommitAsync(new JournalBatch().Remove(held).Remove(lease), TestContext.Current.CancellationToken);
        await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
    }
}
