using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.PublicApi;

/// <summary>What Terraform planned and printed, through the API.</summary>
[Collection("api")]
public sealed class StepLogTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_text_or_a_line_of_JSON_per_chunk_and_goes_on_at_its_cursor()
    {
        var (id, run, _) = await host.EnvironmentWithNetworkAsync();
        var now = host.Clock.GetUtcNow();
        await host.PutAsync(TerraformWork.Log(id, run, "plan\n", 0, now), TerraformWork.Log(id, run, "one\ntwo\n", 1, now.AddSeconds(1)));
        var path = $"/api/v1/runs/{run}/steps/network/log";

        var text = await host.Owner.GetReplyAsync(path);
        Assert.Equal((200, "text/plain", "plan\none\ntwo\n"), (text.Status, text.ContentType, text.Text));

        var lines = await host.Owner.GetReplyAsync(path, ("Accept", "application/x-ndjson"));
        Assert.Equal("application/x-ndjson", lines.ContentType);
        var chunks = lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["0 plan\n", "1 one\ntwo\n"], chunks.Select(chunk => $"{chunk["attempt"]} {chunk["text"]}"));

        var next = text.Headers.GetValues("Fabric-Next").Single();
        Assert.Equal(chunks[^1]["id"]!.ToString(), next);
        Assert.Equal("one\ntwo\n", (await host.Owner.GetReplyAsync($"{path}?after={chunks[0]["id"]}")).Text);
        var end = await host.Owner.GetReplyAsync($"{path}?after={next}");
        Assert.Equal(("", next), (end.Text, end.Headers.GetValues("Fabric-Next").Single()));
        (await host.Owner.GetReplyAsync($"{path}?after=yesterday")).Problem(400);
        (await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/steps/nobody/log")).Problem(404);
        (await host.As(Role.Owner, ApiHost.Other).GetReplyAsync(path)).Problem(404);
        await host.CancelAsync(run);
    }

    [Fact]
    public async Task A_plan_names_resources_and_verdicts_and_never_what_is_secret()
    {
        var (_, run, _) = await host.EnvironmentWithNetworkAsync();
        await host.CancelAsync(run);
        var step = await host.Cell().ReadAsync(TenantScope.All, db => db.Steps.SingleAsync(step => step.RunId == run && step.Node == "network", Stop));
        var plan = new StepPlan(PlanAction.Replace, [], true, "h")
        {
            Resources =
            [
                new ResourceChange("aws_vpc.this", "aws_vpc", PlanAction.Replace, [new FieldChange("cidr_block", "10.0.0.0/16", "10.1.0.0/16", ForcesReplace: true), new FieldChange("key", "s3cret", "n3w", Sensitive: true)]),
                new ResourceChange("aws_subnet.a", "aws_subnet", PlanAction.Create, [new FieldChange("id", null, null, Unknown: true)]),
            ],
            Verdicts = [new PolicyVerdict("no-vpc-change", PolicyEffect.AskVendor, "aws_vpc.this", "The network is replaced.")],
        };
        await host.PutAsync(step with { Action = PlanAction.Replace, Plan = plan });

        var reply = await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/plan");

        Assert.Equal(200, reply.Status);
        Assert.DoesNotContain("s3cret", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("n3w", reply.Text, StringComparison.Ordinal);
        var planned = reply.Json["steps"]!.AsArray().Single(one => (string?)one!["node"] == "network")!;
        Assert.Equal(["aws_vpc.this Replace", "aws_subnet.a Create"], planned["resources"]!.AsArray().Select(one => $"{one!["address"]} {one["action"]}"));
        Assert.Equal("10.1.0.0/16", (string?)planned["resources"]![0]!["changes"]![0]!["after"]);
        Assert.True((bool)planned["resources"]![0]!["changes"]![1]!["sensitive"]!);
        Assert.True((bool)planned["resources"]![1]!["changes"]![0]!["unknown"]!);
        Assert.Equal("AskVendor no-vpc-change aws_vpc.this", $"{planned["verdicts"]![0]!["effect"]} {planned["verdicts"]![0]!["rule"]} {planned["verdicts"]![0]!["address"]}");
        Assert.Equal((1, 1), ((int)reply.Json["resourceCounts"]!["Replace"]!, (int)reply.Json["resourceCounts"]!["Create"]!));
    }
}
