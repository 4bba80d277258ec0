using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>How writes are answered. The same functions answer the caller and write the copy that is kept for a repeat.</summary>
internal static class Answers
{
    public static Answer Nothing { get; } = new(StatusCodes.Status204NoContent);

    public static Answer Created(ChangeAccepted done) => new(StatusCodes.Status201Created, new Created(done.EnvironmentId, done.RunId), $"/api/v1/environments/{done.EnvironmentId}");

    public static Answer Accepted(ChangeAccepted done) => Accepted(done.RunId, done.Revision > 0 ? done.Revision : null);

    public static Answer Run(Run run) => new(StatusCodes.Status200OK, RunLineBody.Of(run));

    public static Answer Step(Step step) => new(StatusCodes.Status200OK, StepBody.Of(step));

    public static Answer Enrolled(EnrollmentView made) => new(StatusCodes.Status200OK, new EnrollmentBody(made.Token, made.ExpiresAt, made.ClusterManifest, made.NamespacedManifest));

    public static Answer Drafted(CompileResult compiled) => new(StatusCodes.Status200OK, DraftBody.Of(compiled));

    public static Answer Imported(IReadOnlyList<ElsaFinding> findings, CompileResult compiled) => new(StatusCodes.Status200OK, ImportBody.Of(findings, compiled));

    public static Answer Published(CompiledBlueprint blueprint) => new(StatusCodes.Status200OK, new PublishedBody(blueprint.Name, blueprint.Version, blueprint.Hash));

    public static Answer Derived(CompileResult compiled) => new(StatusCodes.Status201Created, DraftBody.Of(compiled));

    public static Answer Staged(BlueprintVersionRecord version) => new(StatusCodes.Status200OK, VersionBody.Of(version));

    public static Answer Connected(AccountLine made) => new(StatusCodes.Status201Created, CloudAccountBody.Of(made), $"/api/v1/cloud-accounts/{made.Row.Id}");

    public static Answer Account(AccountLine line) => new(StatusCodes.Status200OK, CloudAccountBody.Of(line));

    public static Answer Restored(StateVersion version) => new(StatusCodes.Status200OK, StateVersionBody.Of(version));

    public static Answer Removed(IReadOnlyList<RemovalView> removals) => new(StatusCodes.Status200OK, new RemovalsBody([.. removals.Select(RemovalBody.Of)]));

    public static Answer Ignored(DriftFinding finding) => new(StatusCodes.Status200OK, FindingBody.Of(finding));

    public static Answer Muted(DriftMute mute) => new(StatusCodes.Status200OK, MuteBody.Of(mute));

    /// <summary>The answer to an operation on an environment.</summary>
    public static Answer Of(Operation operation, OperationDone done) => operation switch
    {
        ChangeDesired change => Accepted(done.Run.Id, change.Generation.Revision),
        DecideStep => Step(done.Step!),
        DecideRun => Run(done.Run),
        _ => Accepted(done.Run.Id, null),
    };

    private static Answer Accepted(Guid run, int? revision) => new(StatusCodes.Status202Accepted, new Accepted(run, revision), $"/api/v1/runs/{run}");
}
