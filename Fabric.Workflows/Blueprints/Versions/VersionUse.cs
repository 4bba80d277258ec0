using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>An environment that is, was last, or is to be a version.</summary>
public sealed record VersionUser(Guid Id, string Tenant, string Name, string Cell);

/// <summary>Asks every cell who uses a version.</summary>
public static class VersionUse
{
    private static readonly RunState[] Over = [.. Enum.GetValues<RunState>().Where(state => state.IsTerminal())];

    /// <summary>Environments that are not destroyed and whose desired or deployed generation, a standing entity or a run that goes has the version, and cells that did not say.</summary>
    public static Task<FanOut<List<VersionUser>>> FindAsync(CellRegistry cells, string blueprint, int version, TimeProvider time, CancellationToken ct) => CellQuery.FanOutAsync(
        cells,
        TenantScope.All,
        (db, token) => db.Environments
            .Where(environment => environment.Blueprint == blueprint && !EnvironmentStates.Over.Contains(environment.State))
            .Where(environment => db.Generations.Any(generation => generation.EnvironmentId == environment.Id && generation.BlueprintVersion == version
                && (generation.Number == environment.Generation || generation.Number == environment.DeployedGeneration
                    || db.Entities.Any(entity => entity.EnvironmentId == environment.Id && entity.DeployedGeneration == generation.Number)
                    || db.Runs.Any(run => run.EnvironmentId == environment.Id && run.Generation == generation.Number && !Over.Contains(run.State)))))
            .OrderBy(environment => environment.Tenant).ThenBy(environment => environment.Name)
            .Select(environment => new VersionUser(environment.Id, environment.Tenant, environment.Name, environment.Cell)).ToListAsync(token),
        cells.AnswerWithin,
        time,
        ct);
}
