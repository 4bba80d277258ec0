using System.IO.Compression;
using System.Text.Json.Nodes;
using Fabric.Tests.PublicApi;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>The real Terraform, seen and decided on through the API: plan, log, state, drift.</summary>
public sealed class SeenThroughTheApi(NoteHost host) : IClassFixture<NoteHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Sre => host.As(Role.Sre, Actor.VendorTenant);

    [Fact]
    public async Task What_it_plans_prints_and_keeps_is_read_a_difference_is_adopted_and_a_state_restored()
    {
        Assert.SkipUnless((await TerraformProgram.FindAsync(new TerraformOptions(), Stop)).Succeeded, "Terraform is not here.");
        var (id, first) = await host.NoteAsync("hello");
        await EndedAsync(first);
        Assert.Equal(["Create terraform_data.note"], await ResourcesAsync(first));
        var log = (await host.Owner.GetReplyAsync($"/api/v1/runs/{first}/steps/note/log")).Text;
        Assert.Contains("Plan: 1 to add", log, StringComparison.Ordinal);
        Assert.Contains("terraform_data.note: Creation complete", log, StringComparison.Ordinal);
        var state = (await Sre.GetReplyAsync($"/api/v1/environments/{id}/entities/note/state")).Json;
        Assert.Equal((1, null), ((int)state["versions"]![0]!["resources"]!, state["lock"]));

        var entity = await host.Cell().ReadAsync(TenantScope.All, db => db.Entities.SingleAsync(e => e.EnvironmentId == id, Stop));
        await host.PutAsync(TerraformWork.Finding(entity, "terraform_data.note", host.Clock.GetUtcNow(), new FieldChange("input", "hello", "changed"), new FieldChange("output", "hello", "changed")));
        var finding = (await Sre.GetReplyAsync($"/api/v1/environments/{id}/drift")).Json["findings"]![0]!;
        Assert.Equal("""{"words":"changed"}""", finding["adoption"]!.ToJsonString());
        var adopted = await Sre.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/drift/{finding["id"]}/adopt", null);
        Assert.Equal((202, 2), (adopted.Status, (int)adopted.Json["revision"]!));
        await EndedAsync(adopted.Json["run"]!.GetValue<Guid>());
        var environment = (await host.Owner.GetReplyAsync($"/api/v1/environments/{id}")).Json;
        Assert.Equal(("changed", "changed"), ((string?)environment["parameters"]!["words"], (string?)environment["entities"]![0]!["outputs"]!["said"]));
        Assert.Equal(["drift.adopt"], await host.AuditAsync($"environment/{id}", "drift."));

        var restored = await Sre.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/entities/note/state/{state["inForce"]}/restore", new JsonObject { ["reason"] = "to see" });
        Assert.True(restored.Status == 200, restored.ToString());
        var again = await Sre.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "apply" });
        await EndedAsync(again.Json["run"]!.GetValue<Guid>());
        Assert.Equal(["Update terraform_data.note"], await ResourcesAsync(again.Json["run"]!.GetValue<Guid>()));

        var check = await Sre.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "check" });
        await EndedAsync(check.Json["run"]!.GetValue<Guid>());
        Assert.NotNull((await Sre.GetReplyAsync($"/api/v1/environments/{id}/drift")).Json["checkedAt"]);
    }

    [Fact]
    public async Task What_is_handed_over_is_taken_by_its_owner_alone_and_every_look_is_written_down()
    {
        Assert.SkipUnless((await TerraformProgram.FindAsync(new TerraformOptions(), Stop)).Succeeded, "Terraform is not here.");
        var (id, first) = await host.NoteAsync("mine");
        await EndedAsync(first);
        (await host.Owner.GetReplyAsync($"/api/v1/environments/{id}/handover")).Problem(409, "NothingHandedOver");
        var asked = (await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "handOver" })).Json["run"]!.GetValue<Guid>();
        var waiting = await host.Owner.UntilAsync($"/api/v1/runs/{asked}", one => (string?)one["state"] == "AwaitingApproval", "a run that asks");
        await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{asked}/approve", new JsonObject { ["planHash"] = waiting.Json["planHash"]!.DeepClone() });
        await EndedAsync(asked);

        using var given = await host.Owner.GetAsync($"/api/v1/environments/{id}/handover", Stop);
        Assert.Equal((200, "application/zip", true), ((int)given.StatusCode, given.Content.Headers.ContentType?.MediaType, given.Headers.CacheControl?.NoStore));
        using var zip = new ZipArchive(await given.Content.ReadAsStreamAsync(Stop));
        Assert.Equal(["README.md", "note/fabric.auto.tfvars.json", "note/main.tf", "note/terraform.tfstate"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var (client, status) in new[] { (host.As(Role.Viewer, "sample"), 403), (Sre, 403), (host.As(Role.Owner, ApiHost.Other), 404) })
            (await client.GetReplyAsync($"/api/v1/environments/{id}/handover")).Problem(status);
        Assert.Equal(["state.take"], await host.AuditAsync($"environment/{id}", "state.take"));
        var again = await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "apply" });
        Assert.Contains("is HandedOver", (string?)again.Problem(409)["detail"], StringComparison.Ordinal);
    }

    private async Task<List<string>> ResourcesAsync(Guid run) =>
        [.. (await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/plan")).Json["steps"]![0]!["resources"]!.AsArray().Select(one => $"{one!["action"]} {one["address"]}")];

    private async Task EndedAsync(Guid run)
    {
        var over = await host.Owner.UntilAsync($"/api/v1/runs/{run}", one => (string?)one["state"] is "Succeeded" or "Failed", "a run that has ended");
        Assert.True((string?)over.Json["state"] == "Succeeded", over.Text);
    }
}
