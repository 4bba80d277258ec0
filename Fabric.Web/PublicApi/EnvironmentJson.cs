using Fabric.Web.Live;

namespace Fabric.Web.PublicApi;

/// <summary>How environments look to programs.</summary>
internal static class EnvironmentJson
{
    public static object Line(EnvironmentLine line) => new
    {
        id = line.Environment.Id,
        tenant = line.Environment.Tenant,
        name = line.Environment.Name,
        cell = line.Environment.Cell,
        blueprint = line.Environment.Blueprint,
        version = line.BlueprintVersion,
        cloud = line.Environment.Cloud,
        region = line.Environment.Region,
        state = line.Environment.State,
        reason = line.Environment.Reason,
        message = line.Environment.Message,
        generation = line.Environment.Generation,
        deployedGeneration = line.Environment.DeployedGeneration,
        revision = line.Environment.Revision,
        run = line.Environment.ActiveRunId,
        createdAt = line.Environment.CreatedAt,
        updatedAt = line.Environment.UpdatedAt,
    };

    public static object Whole(EnvironmentView view) => new
    {
        id = view.Environment.Id,
        tenant = view.Environment.Tenant,
        name = view.Environment.Name,
        cell = view.Environment.Cell,
        blueprint = view.Environment.Blueprint,
        version = view.Desired.BlueprintVersion,
        cloud = view.Environment.Cloud,
        region = view.Environment.Region,
        simulated = view.Environment.IsSimulated,
        state = view.Environment.State,
        reason = view.Environment.Reason,
        message = view.Environment.Message,
        generation = view.Environment.Generation,
        deployedGeneration = view.Environment.DeployedGeneration,
        revision = view.Environment.Revision,
        parameters = view.Desired.Parameters,
        noop = view.Desired.NoOp,
        adopted = view.Desired.Adopted,
        noopNotes = view.Desired.NoOpNotes,
        run = view.Environment.ActiveRunId,
        outputs = view.Outputs,
        entities = view.Entities.Select(entity => new
        {
            id = entity.Id,
            node = entity.Node,
            type = entity.Type,
            state = entity.State,
            noop = entity.NoOp,
            drifted = entity.Drifted,
            reason = entity.Reason,
            message = entity.Message,
            config = entity.Config,
            outputs = entity.Outputs,
            health = entity.Health,
            updatedAt = entity.UpdatedAt,
        }),
        createdAt = view.Environment.CreatedAt,
        updatedAt = view.Environment.UpdatedAt,
    };
}
