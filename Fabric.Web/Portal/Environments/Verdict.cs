namespace Fabric.Web.Portal.Environments;

/// <summary>What a person wants done with a run: approve, reject, cancel, pause or resume, and their words.</summary>
public sealed record Verdict(string Action, string? Message);

/// <summary>What a person wants done with a step: approve, reject, retry or skip, and their words.</summary>
public sealed record StepVerdict(string Node, string Action, string? Message);
