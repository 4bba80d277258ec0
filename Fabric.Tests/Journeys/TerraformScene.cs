using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Fabric.Tests.PublicApi;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Journeys;

/// <summary>Environments as Terraform's work leaves them: one whose plan waits for a yes, one whose network is being changed, one that was handed over.</summary>
/// <param name="Asks">The plan waits.</param>
/// <param name="Works">A step is applied.</param>
/// <param name="Run">The run that applies.</param>
/// <param name="Over">Its owner goes on alone.</param>
internal sealed record TerraformScene(Guid Asks, Guid Works, Guid Run, Guid Over)
{
    private static readonly string[] Working = [nameof(StepState.Planning), nameof(StepState.Applying), nameof(StepState.Verifying)];
    private static readonly ConditionalWeakTable<ApiHost, Task<TerraformScene>> Made = [];

    /// <summary>The scene of a host, made once: who looks changes nothing of it.</summary>
    public static Task<TerraformScene> OfAsync(ApiHost host) => Made.GetValue(host, MakeAsync);

    private static async Task<TerraformScene> MakeAsync(ApiHost host)
    {
        var (asks, waiting, gateway) = await AtTheGateAsync(host);
        var (works, run, network) = await AtTheGateAsync(host);
        var (over, _, last) = await AtTheGateAsync(host);
        await AskAsync(host, waiting, gateway);
        await WorkAsync(host, run, network);
        await LetGoAsync(host, last);
        return new TerraformScene(asks, works, run, over);
    }

    private static bool Has(JsonNode run, string state) => run["steps"]!.AsArray().Any(step => (string?)step!["state"] == state);

    private static async Task LetGoAsync(ApiHost host, Entity network)
    {
        var environment = await ReadAsync(host, db => db.Environments.SingleAsync(e => e.Id == network.EnvironmentId));
        await host.PutAsync(
            network with { State = EntityState.HandedOver, Drifted = false, DeployedGeneration = 0 },
            environment with { State = EnvironmentState.HandedOver, Message = "Handed over to its owner: network. Nothing of it was touched, and Fabric looks after it no more.", DeployedGeneration = 0 });
    }

    private static async Task<(Guid Id, Guid Run, Entity Network)> AtTheGateAsync(ApiHost host)
    {
        var (id, run, network) = await host.EnvironmentWithNetworkAsync();
        await host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => Has(answer, "AwaitingApproval") && !Working.Any(state => Has(answer, state)), "the gate to ask, and nothing that is still worked on");
        network = network with { Executor = ExecutorNames.Terraform, Drifted = true };
        var environment = await ReadAsync(host, db => db.Environments.SingleAsync(e => e.Id == id));
        await host.PutAsync(network, environment with { Cloud = "aws", Region = "eu-central-1", State = EnvironmentState.Ready });
        return (id, run, network);
    }

    private static async Task AskAsync(ApiHost host, Guid runId, Entity network)
    {
        var now = host.Clock.GetUtcNow();
        var run = await ReadAsync(host, db => db.Runs.SingleAsync(run => run.Id == runId));
        var steps = await ReadAsync(host, db => db.Steps.Where(step => step.RunId == runId && (step.Node == "network" || step.Node == "storage")).OrderBy(step => step.Node).ToListAsync());
        var lease = new Lease
        {
            Id = Guid.CreateVersion7(now), Tenant = "sample", EnvironmentId = network.EnvironmentId, EntityId = network.Id, RunId = runId, Node = "network", Attempt = 1, Kind = LeaseKind.Check,
            Machine = "4f1f2e3d9a8b/b1", Directory = "d", TokenHash = "t", StartedAt = now.AddMinutes(-2), ExpiresAt = now.AddMinutes(13),
        };
        await host.PutAsync([
            run with { State = RunState.AwaitingApproval, ApprovalBy = "customer", PlanHash = "3f0c", DeadlineAt = now.AddDays(2), EndedAt = null },
            steps[0] with { Executor = ExecutorNames.Terraform, State = StepState.Planned, Action = PlanAction.Replace, Plan = Plan(), EndedAt = null },
            steps[1] with { Executor = ExecutorNames.Terraform, State = StepState.Planned, Action = PlanAction.Update, Plan = Smaller(), EndedAt = null },
            .. TerraformWork.State(host.Cell(), network, 1, now), lease,
            new StateLock { EntityId = network.Id, Tenant = "sample", EnvironmentId = network.EnvironmentId, LockId = "5b1d7c3e", LeaseId = lease.Id, Info = """{"ID":"5b1d7c3e","Operation":"OperationTypePlan","Who":"fabric@worker-2","Version":"1.11.0"}""", At = now.AddMinutes(-2) }]);
    }

    private static StepPlan Plan() => new(PlanAction.Replace, [], true, "h")
    {
        Resources =
        [
            .. Enumerable.Range(0, 3).Select(i => new ResourceChange(
                string.Create(CultureInfo.InvariantCulture, $"aws_subnet.private[{i}]"), "aws_subnet", PlanAction.Replace,
                [new FieldChange("cidr_block", $"10.0.{i}.0/24", $"10.0.{i * 16}.0/20", ForcesReplace: true), new FieldChange("id", $"subnet-0{i}", null, Unknown: true), new FieldChange("tags.cost-center", "analytics", "platform")])),
            new ResourceChange("aws_eip.nat", "aws_eip", PlanAction.Delete, [new FieldChange("domain", "vpc", null), new FieldChange("public_ip", "3.64.1.17", null)]),
            new ResourceChange("aws_nat_gateway.this", "aws_nat_gateway", PlanAction.Create, [new FieldChange("allocation_id", null, null, Unknown: true), new FieldChange("connectivity_type", null, "public"), new FieldChange("secret", null, null, Sensitive: true)]),
            new ResourceChange("aws_route_table.private", "aws_route_table", PlanAction.Update, [new FieldChange("route[0].nat_gateway_id", "nat-04", null, Unknown: true)]),
            new ResourceChange("aws_vpc.this", "aws_vpc", PlanAction.Update, [new FieldChange("enable_dns_hostnames", false, true)]),
        ],
        Verdicts =
        [
            new PolicyVerdict("costs", PolicyEffect.Warn, "aws_nat_gateway.this", "A NAT gateway costs about 35 USD a month beside its traffic."),
            new PolicyVerdict("network-replaced", PolicyEffect.AskVendor, "aws_subnet.private[0]", "Subnets with running servers are replaced: the vendor must say yes."),
        ],
    };

    private static StepPlan Smaller() => new(PlanAction.Update, [], true, "i")
    {
        Resources = [new ResourceChange("aws_s3_bucket_versioning.data", "aws_s3_bucket_versioning", PlanAction.Update, [new FieldChange("versioning_configuration[0].status", "Suspended", "Enabled")])],
    };

    private static async Task WorkAsync(ApiHost host, Guid runId, Entity network)
    {
        var now = host.Clock.GetUtcNow();
        var step = await ReadAsync(host, db => db.Steps.SingleAsync(step => step.RunId == runId && step.Node == "network"));
        await host.PutAsync([
            step with
            {
                Executor = ExecutorNames.Terraform, State = StepState.Applying, Action = PlanAction.Update, StartedAt = now.AddSeconds(-100), EndedAt = null, Attempt = 2,
                ProgressDone = 7, ProgressTotal = 12, Message = "Creating aws_nat_gateway.this", Plan = Plan(),
            },
            TerraformWork.Log(network.EnvironmentId, runId, "Initializing provider plugins...\n- Installed hashicorp/aws v5.100.0\nPlan: 1 to add, 2 to change, 4 to destroy.\n", 0, now.AddMinutes(-12)),
            TerraformWork.Log(network.EnvironmentId, runId, "aws_subnet.private[0]: Destroying... [id=subnet-00]\nError: deleting EC2 Subnet (subnet-00): DependencyViolation: The subnet has dependencies and cannot be deleted.\n", 1, now.AddMinutes(-6)),
            TerraformWork.Log(network.EnvironmentId, runId, string.Concat(Enumerable.Range(0, 3).Select(i => $"aws_subnet.private[{i}]: Destruction complete after 1s\naws_subnet.private[{i}]: Creating...\naws_subnet.private[{i}]: Creation complete after 11s [id=subnet-1{i}]\n")) + "aws_nat_gateway.this: Creating...\nWarning: Argument is deprecated: use domain instead of vpc.\n", 2, now.AddSeconds(-40)),
            .. Enumerable.Range(1, 4).SelectMany(number => TerraformWork.State(host.Cell(), network, number, now.AddDays(number - 9))).Select(row => row is StateVersion version ? Told(version) : row),
            .. Findings(network, now),
            new DriftMute
            {
                Id = Guid.CreateVersion7(now), Tenant = network.Tenant, EnvironmentId = network.EnvironmentId, Type = "aws_subnet", Path = "tags.kubernetes", Reason = "The cluster writes it", ActorName = "Riley, SRE", At = now.AddDays(-3),
            }]);
    }

    private static StateVersion Told(StateVersion version) => version.Number switch
    {
        1 => version with { Resources = 14, Size = 41_300, Lineage = "3f9c1d2e-5a0b" },
        2 => version with { Resources = 15, Size = 44_710, Lineage = "3f9c1d2e-5a0b" },
        3 => version with { Resources = 15, Size = 44_710, Lineage = "3f9c1d2e-5a0b", RunId = null, Writer = "Riley, SRE", Reason = "Version 2 lost the NAT gateway" },
        _ => version with { Resources = 13, Size = 39_900, Lineage = "3f9c1d2e-5a0b", Aside = true, Writer = "Late push of network" },
    };

    private static DriftFinding[] Findings(Entity network, DateTimeOffset now) =>
    [
        TerraformWork.Finding(network, "aws_vpc.this", now.AddHours(-5), new FieldChange("enable_dns_hostnames", true, false), new FieldChange("tags.cost-center", "analytics", "platform")),
        TerraformWork.Finding(network, "aws_eip.nat", now.AddHours(-4), new FieldChange("domain", "vpc", null)) with { Action = PlanAction.Delete },
        TerraformWork.Finding(network, "aws_route_table.private", now.AddHours(-9), new FieldChange("route[1].cidr_block", null, "192.168.0.0/16")) with
        {
            State = DriftState.Ignored, Until = now.AddDays(12), Reason = "The customer tries a peering", DecidedBy = "Riley, SRE",
        },
    ];

    private static Task<T> ReadAsync<T>(ApiHost host, Func<Fabric.Workflows.Persistence.CellDb, Task<T>> query) => host.Cell().ReadAsync(TenantScope.All, query);
}
