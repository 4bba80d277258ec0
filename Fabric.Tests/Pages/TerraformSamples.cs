using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages;

/// <summary>What pages about Terraform's work are fed: an entity that it makes, versions of its state, findings.</summary>
internal static class TerraformSamples
{
    public static readonly Guid EntityId = Guid.Parse("01900000-0000-7000-8000-000000000003");

    public static Entity Network { get; } = Samples.Entity("network") with { Id = EntityId, Executor = ExecutorNames.Terraform };

    public static EnvironmentView Environment { get; } = Samples.View(entities: [Network, Samples.Entity("cluster")]);

    public static StateVersion Version(int number, int resources = 4, bool aside = false, string reason = "") => new()
    {
        EntityId = EntityId, Number = number, Tenant = "sample", EnvironmentId = Samples.EnvironmentId, Lineage = "3f9c1d2e-aaaa", Serial = number + 10, Hash = "h", Size = 5_120,
        Resources = resources, RunId = reason.Length > 0 ? null : Samples.RunId, Writer = reason.Length > 0 ? "Sam" : "Run of network, asked for by Olivia", Reason = reason, Aside = aside, At = Samples.Now.AddHours(number - 9),
    };

    public static StateView State(params StateVersion[] versions) => new("network", EntityId, versions, versions.FirstOrDefault(version => !version.Aside)?.Number, null, [], false);

    public static LockView Lock { get; } = new("5b1d", "OperationTypeApply", "fabric@worker-2", "1.11.0", Samples.Now.AddMinutes(-3));

    public static LeaseView Lease { get; } = new(LeaseKind.Apply, Samples.RunId, 1, "0f0e0d0c0b0a", Samples.Now.AddMinutes(-3), Samples.Now.AddMinutes(12));

    public static DriftFinding Finding(string address, DriftState state = DriftState.Open, PlanAction action = PlanAction.Update, params FieldChange[] changes) => new()
    {
        Id = Guid.CreateVersion7(Samples.Now), Tenant = "sample", EnvironmentId = Samples.EnvironmentId, EntityId = EntityId, Node = "network", Address = address, Type = address.Split('.')[0],
        Action = action, Changes = changes, State = state, FoundAt = Samples.Now.AddHours(-3), SeenAt = Samples.Now.AddMinutes(-5),
    };

    public static DriftLine Adoptable(DriftFinding finding) => new(finding, new Adoption(new JsonObject { ["size"] = 7 }, ""));

    public static DriftLine Fixed(DriftFinding finding, string why = "The blueprint decides it.") => new(finding, Adoption.Refused(why));
}
