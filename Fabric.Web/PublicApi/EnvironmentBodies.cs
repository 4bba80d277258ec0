using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;

namespace Fabric.Web.PublicApi;

/// <summary>Environments, and the cells that did not answer.</summary>
public sealed record EnvironmentPage(IReadOnlyList<EnvironmentLineBody> Items, string? Next, IReadOnlyList<string> Unreachable);

/// <summary>An environment in a list.</summary>
public sealed record EnvironmentLineBody(
    Guid Id, string Tenant, string Name, string Cell, string Blueprint, int Version, string Cloud, string Region, EnvironmentState State, string Reason, string Message,
    int Generation, int DeployedGeneration, int Revision, Guid? Run, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static EnvironmentLineBody Of(EnvironmentLine line) => new(
        line.Environment.Id,
        line.Environment.Tenant,
        line.Environment.Name,
        line.Environment.Cell,
        line.Environment.Blueprint,
        line.BlueprintVersion,
        line.Environment.Cloud,
        line.Environment.Region,
        line.Environment.State,
        line.Environment.Reason,
        line.Environment.Message,
        line.Environment.Generation,
        line.Environment.DeployedGeneration,
        line.Environment.Revision,
        line.Environment.ActiveRunId,
        line.Environment.CreatedAt,
        line.Environment.UpdatedAt);
}

/// <summary>An environment: what it is to be, what stands, and its entities.</summary>
public sealed record EnvironmentBody(
    Guid Id, string Tenant, string Name, string Cell, string Blueprint, int Version, string Cloud, string Region, bool Simulated, EnvironmentState State, string Reason, string Message,
    int Generation, int DeployedGeneration, int Revision, JsonObject Parameters, IReadOnlyList<string> Noop, JsonObject Adopted, JsonObject? NoopNotes, Guid? Run, JsonObject Outputs,
    IReadOnlyList<EntityBody> Entities, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, AccountName? Account)
{
    internal static EnvironmentBody Of(EnvironmentView view) => new(
        view.Environment.Id,
        view.Environment.Tenant,
        view.Environment.Name,
        view.Environment.Cell,
        view.Environment.Blueprint,
        view.Desired.BlueprintVersion,
        view.Environment.Cloud,
        view.Environment.Region,
        view.Environment.IsSimulated,
        view.Environment.State,
        view.Environment.Reason,
        view.Environment.Message,
        view.Environment.Generation,
        view.Environment.DeployedGeneration,
        view.Environment.Revision,
        view.Desired.Parameters,
        view.Desired.NoOp,
        view.Desired.Adopted,
        view.Desired.NoOpNotes,
        view.Environment.ActiveRunId,
        view.Outputs,
        [.. view.Entities.Select(EntityBody.Of)],
        view.Environment.CreatedAt,
        view.Environment.UpdatedAt,
        view.Account);
}

/// <summary>An entity of an environment.</summary>
public sealed record EntityBody(
    Guid Id, string Node, string Type, EntityState State, bool Noop, bool Drifted, string Reason, string Message, JsonObject? Config, JsonObject? Outputs, JsonObject? Health, DateTimeOffset UpdatedAt)
{
    internal static EntityBody Of(Entity entity) => new(
        entity.Id, entity.Node, entity.Type, entity.State, entity.NoOp, entity.Drifted, entity.Reason, entity.Message, entity.Config, entity.Outputs, entity.Health, entity.UpdatedAt);
}

/// <summary>A revision of an environment's configuration.</summary>
public sealed record RevisionBody(
    Guid EnvironmentId, int Number, string Tenant, JsonObject Values, JsonObject LayerVersions, IReadOnlyList<ValueChange> Changes, string Message, string ActorId, string ActorName, DateTimeOffset CreatedAt)
{
    internal static RevisionBody Of(Revision row) => new(
        row.EnvironmentId, row.Number, row.Tenant, row.Values, row.LayerVersions, row.Changes, row.Message, row.ActorId, row.ActorName, row.CreatedAt);
}

/// <summary>A one-time right to connect an agent. The token is shown here and nowhere else.</summary>
/// <param name="Token">Works once.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Manifest">For <c>kubectl apply</c>, with rights on the whole cluster.</param>
/// <param name="NamespacedManifest">The same with rights on the environment's namespace alone.</param>
public sealed record EnrollmentBody(string Token, DateTimeOffset ExpiresAt, string Manifest, string NamespacedManifest);

/// <summary>Agents, and the cells that did not answer.</summary>
public sealed record AgentPage(IReadOnlyList<AgentBody> Items, string? Next, IReadOnlyList<string> Unreachable);

/// <summary>An enrolled agent.</summary>
public sealed record AgentBody(
    Guid Id, string Tenant, string Name, bool Online, string? Version, string? KubernetesVersion, IReadOnlyList<Guid> Environments, DateTimeOffset EnrolledAt, DateTimeOffset? SeenAt);
