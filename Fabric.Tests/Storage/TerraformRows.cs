using System.Text.Json.Nodes;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Storage;

/// <summary>A row of each table that Terraform and the clouds need, every optional column filled.</summary>
internal static class TerraformRows
{
    public static IReadOnlyList<object> OneOfEach(Guid environment, string tenant)
    {
        var (run, entity, lease) = (Rows.NewId(), Rows.NewId(), Rows.NewId());
        return
        [
            new CloudAccount
            {
                Id = Rows.NewId(), Tenant = tenant, Name = "prod", Cloud = "aws", Account = "123456789012", SignIn = new JsonObject { ["kind"] = "role" },
                Sealed = [1, 2], Regions = ["eu-central-1"], State = CloudAccountState.Connected, Preflight = new JsonObject { ["checks"] = 4 },
                CheckedAt = Rows.Now, CreatedAt = Rows.Now, UpdatedAt = Rows.Now,
            },
            new Lease
            {
                Id = lease, Tenant = tenant, EnvironmentId = environment, EntityId = entity, RunId = run, Node = "network", Attempt = 1, Kind = LeaseKind.Apply,
                Machine = "m1/b1", Directory = "d", TokenHash = "ab", PlanId = Rows.NewId(), EmptiesState = true, StartedAt = Rows.Now, ExpiresAt = Rows.Now,
                EndedAt = Rows.Now, CredentialsUntil = Rows.Now, SealedSecrets = [7], LogBytes = 9, Result = LeaseResult.Succeeded, Outcome = "Applied.",
            },
            new KeptPlan
            {
                Id = Rows.NewId(), Tenant = tenant, EnvironmentId = environment, EntityId = entity, RunId = run, Hash = "cd", InputsHash = "ef", Lineage = "l",
                Serial = 3, Epoch = 2, EmptiesState = true, Sealed = [4], MadeAt = Rows.Now, UsedBy = lease,
            },
            new StateVersion
            {
                EntityId = entity, Number = 1, Tenant = tenant, EnvironmentId = environment, Lineage = "l", Serial = 3, Hash = "ab", Size = 12, Resources = 2,
                RunId = run, Writer = "Run 1", Reason = "because", Aside = true, At = Rows.Now,
            },
            new StateBody { EntityId = entity, Number = 1, Tenant = tenant, Sealed = [5, 6] },
            new StateLock { EntityId = entity, Tenant = tenant, EnvironmentId = environment, LockId = "k", LeaseId = lease, Info = "{}", At = Rows.Now },
            new StepLog { RunId = run, Node = "network", Id = Rows.NewId(), Tenant = tenant, EnvironmentId = environment, Attempt = 1, At = Rows.Now, Text = "one\ntwo\n" },
            new DriftFinding
            {
                Id = Rows.NewId(), Tenant = tenant, EnvironmentId = environment, EntityId = entity, Node = "network", Address = "aws_vpc.this", Type = "aws_vpc",
                Action = PlanAction.Update, Changes = [new FieldChange("tags.a", JsonValue.Create("x"), null)], State = DriftState.Ignored, Until = Rows.Now,
                Reason = "known", DecidedBy = "Ann", FoundAt = Rows.Now, SeenAt = Rows.Now,
            },
            new DriftMute { Id = Rows.NewId(), Tenant = tenant, EnvironmentId = environment, Type = "aws_vpc", Path = "tags", Reason = "default", ActorName = "Ann", At = Rows.Now },
        ];
    }
}
