using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.PublicApi;

/// <summary>Findings through the API, and what is decided on them.</summary>
[Collection("api")]
public sealed class DriftTests(ApiHost host)
{
    private HttpClient Sre => host.As(Role.Sre, Actor.VendorTenant);

    [Fact]
    public async Task Findings_are_listed_ignored_muted_unmuted_and_reverted_each_with_an_audit_event()
    {
        var (id, first, network) = await host.EnvironmentWithNetworkAsync();
        await host.CancelAsync(first);
        var now = host.Clock.GetUtcNow();
        var (vpc, subnet) = (TerraformWork.Finding(network, "aws_vpc.this", now, new FieldChange("tags.cost", "a", "b"), new FieldChange("key", "s3cret", "n3w", Sensitive: true)), TerraformWork.Finding(network, "aws_subnet.a", now, new FieldChange("tags.cost", "a", "b")));
        await host.PutAsync(vpc, subnet);
        var path = $"/api/v1/environments/{id}/drift";

        var listed = await host.Owner.GetReplyAsync(path);
        Assert.Equal(["aws_subnet.a Open", "aws_vpc.this Open"], listed.Json["findings"]!.AsArray().Select(one => $"{one!["address"]} {one["state"]}"));
        Assert.DoesNotContain("s3cret", listed.Text, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)listed.Json["findings"]![0]!["notAdoptable"]));

        (await Sre.CallAsync(HttpMethod.Post, $"{path}/{vpc.Id}/ignore", new JsonObject { ["until"] = now.AddDays(-1).ToString("O"), ["reason"] = "x" })).Problem(400, "DatePassed", "until");
        var ignored = await Sre.CallAsync(HttpMethod.Post, $"{path}/{vpc.Id}/ignore", new JsonObject { ["until"] = now.AddDays(3).ToString("O"), ["reason"] = "known" });
        Assert.Equal((200, "Ignored", "known"), (ignored.Status, (string?)ignored.Json["state"], (string?)ignored.Json["reason"]));

        var muted = await Sre.CallAsync(HttpMethod.Post, $"{path}/{subnet.Id}/mute", new JsonObject { ["path"] = "tags", ["reason"] = "the owner's" }, ("Idempotency-Key", $"mute-{id}"));
        Assert.Equal((200, "aws_subnet"), (muted.Status, (string?)muted.Json["type"]));
        Assert.Equal(muted.Text, (await Sre.CallAsync(HttpMethod.Post, $"{path}/{subnet.Id}/mute", new JsonObject { ["path"] = "tags", ["reason"] = "the owner's" }, ("Idempotency-Key", $"mute-{id}"))).Text);

        (await Sre.CallAsync(HttpMethod.Post, $"{path}/{vpc.Id}/adopt", null)).Problem(409, "NotAdoptable");
        var reverted = await host.As(Role.Editor).CallAsync(HttpMethod.Post, $"{path}/{vpc.Id}/revert", null);
        Assert.Equal(202, reverted.Status);
        Assert.Equal($"/api/v1/runs/{reverted.Json["run"]}", reverted.Location);
        var left = (await host.Owner.GetReplyAsync(path)).Json;
        Assert.Equal(["aws_vpc.this Reverting"], left["findings"]!.AsArray().Select(one => $"{one!["address"]} {one["state"]}"));
        Assert.Equal(["tags"], left["mutes"]!.AsArray().Select(one => (string?)one!["path"]));
        var mute = $"{path}/mutes/{muted.Json["id"]}";
        var (other, _, _) = await host.EnvironmentWithNetworkAsync();
        (await Sre.CallAsync(HttpMethod.Delete, $"/api/v1/environments/{other}/drift/mutes/{muted.Json["id"]}", null)).Problem(404, "NotFound");
        Assert.Equal(204, (await Sre.CallAsync(HttpMethod.Delete, mute, null, ("Idempotency-Key", $"unmute-{id}"))).Status);
        Assert.Equal(204, (await Sre.CallAsync(HttpMethod.Delete, mute, null, ("Idempotency-Key", $"unmute-{id}"))).Status);
        (await Sre.CallAsync(HttpMethod.Delete, mute, null)).Problem(404, "NotFound");
        Assert.Empty((await host.Owner.GetReplyAsync(path)).Json["mutes"]!.AsArray());
        Assert.Equal(["drift.ignore", "drift.mute", "drift.revert", "drift.unmute"], await host.AuditAsync($"environment/{id}", "drift."));
        await host.CancelAsync(reverted.Json["run"]!.GetValue<Guid>());
    }

    [Theory, InlineData("ignore"), InlineData("adopt")]
    public async Task What_differs_otherwise_than_when_somebody_looked_is_not_decided_on(string decision)
    {
        var (id, first, network) = await host.EnvironmentWithNetworkAsync();
        await host.CancelAsync(first);
        var seen = TerraformWork.Finding(network, "aws_vpc.this", host.Clock.GetUtcNow(), new FieldChange("tags.cost", "a", "b"), new FieldChange("key", "s3cret", "n3w", Sensitive: true));
        await host.PutAsync(seen);
        var path = $"/api/v1/environments/{id}/drift";
        var fingerprint = (string?)(await host.Owner.GetReplyAsync(path)).Json["findings"]![0]!["fingerprint"];
        await host.PutAsync(seen with { Changes = [new FieldChange("tags.cost", "a", "c"), new FieldChange("key", "s3cret", "n3w", Sensitive: true)] });
        JsonObject? body = decision == "ignore" ? new() { ["until"] = host.Clock.GetUtcNow().AddDays(3).ToString("O"), ["reason"] = "known" } : null;

        (await Sre.CallAsync(HttpMethod.Post, $"{path}/{seen.Id}/{decision}?fingerprint={fingerprint}", body)).Problem(412, "FindingChanged", "fingerprint");

        var now = (await host.Owner.GetReplyAsync(path)).Json["findings"]![0]!;
        Assert.Equal("Open", (string?)now["state"]);
        var again = await Sre.CallAsync(HttpMethod.Post, $"{path}/{seen.Id}/{decision}?fingerprint={now["fingerprint"]}", body);
        Assert.Equal(decision == "ignore" ? 200 : 409, again.Status);
    }

    [Fact]
    public async Task A_revert_whose_run_is_cancelled_leaves_the_finding_to_be_decided_on_again()
    {
        var (id, first, network) = await host.EnvironmentWithNetworkAsync();
        await host.CancelAsync(first);
        var finding = TerraformWork.Finding(network, "aws_vpc.this", host.Clock.GetUtcNow(), new FieldChange("tags.cost", "a", "b"));
        await host.PutAsync(finding);
        var path = $"/api/v1/environments/{id}/drift";
        var reverted = await host.Owner.CallAsync(HttpMethod.Post, $"{path}/{finding.Id}/revert", null);

        await host.CancelAsync(reverted.Json["run"]!.GetValue<Guid>());

        var open = (await host.Owner.GetReplyAsync(path)).Json["findings"]!.AsArray().Single()!;
        Assert.Equal("Open", (string?)open["state"]);
        Assert.StartsWith("Run 2, which was to bring it back, was cancelled.", (string?)open["reason"], StringComparison.Ordinal);
        var ignored = await Sre.CallAsync(HttpMethod.Post, $"{path}/{finding.Id}/ignore", new JsonObject { ["until"] = host.Clock.GetUtcNow().AddDays(3).ToString("O"), ["reason"] = "known" });
        Assert.True(ignored.Status == 200, ignored.ToString());
        Assert.Equal(["Ignored known"], (await host.Owner.GetReplyAsync(path)).Json["findings"]!.AsArray().Select(one => $"{one!["state"]} {one["reason"]}"));
    }
}
