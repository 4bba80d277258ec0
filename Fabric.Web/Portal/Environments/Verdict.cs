using Fabric.Workflows.Environments;

namespace Fabric.Web.Portal.Environments;

/// <summary>What a person wants done with a run, told from what was on the screen: a newer run that took its place is another one.</summary>
/// <param name="RunId">The run that was shown.</param>
/// <param name="Action">approve, reject, cancel, pause or resume.</param>
/// <param name="PlanHash">The plan that was shown; null where none is judged.</param>
/// <param name="Message">Their words.</param>
public sealed record Verdict(Guid RunId, string Action, string? PlanHash, string? Message);

/// <summary>What a person wants done with a step, told from what was on the screen.</summary>
/// <param name="RunId">The run whose step was shown.</param>
/// <param name="Node">The step.</param>
/// <param name="Action">approve, reject, retry or skip.</param>
/// <param name="Message">Their words.</param>
public sealed record StepVerdict(Guid RunId, string Node, string Action, string? Message);

/// <summary>An operation that a person wants done to a part.</summary>
/// <param name="Target"><c>node/name</c>.</param>
/// <param name="Seen">The environment that was on the screen.</param>
public sealed record OperationWish(string Target, FabricEnvironment Seen);
