using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;

namespace Fabric.Web.Live;

/// <summary>The state of one entity's workspace, without its text.</summary>
/// <param name="Node">Node name.</param>
/// <param name="EntityId">The entity.</param>
/// <param name="Versions">The newest versions, newest first.</param>
/// <param name="InForce">Number of the version in force; null before the first.</param>
/// <param name="Lock">Who holds it now; null when nobody does.</param>
/// <param name="Leases">Processes that may live, oldest first.</param>
/// <param name="More">There are older versions.</param>
public sealed record StateView(string Node, Guid EntityId, IReadOnlyList<StateVersion> Versions, int? InForce, LockView? Lock, IReadOnlyList<LeaseView> Leases, bool More);

/// <summary>Terraform's lock on a state.</summary>
/// <param name="Id">The id Terraform chose.</param>
/// <param name="Operation">What it is held for, in Terraform's words.</param>
/// <param name="Who">User and machine, in Terraform's words.</param>
/// <param name="Version">Terraform's version.</param>
/// <param name="Since">UTC.</param>
public sealed record LockView(string Id, string Operation, string Who, string Version, DateTimeOffset Since);

/// <summary>A Terraform process that may live.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Run">The run it works for.</param>
/// <param name="Attempt">The step's attempt; 0 for the plan of a whole run.</param>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="Since">UTC.</param>
/// <param name="Until">When it can do nothing any more unless it is renewed, UTC.</param>
public sealed record LeaseView(LeaseKind Kind, Guid Run, int Attempt, string Machine, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What stands otherwise than it was deployed.</summary>
/// <param name="Findings">Those that are not gone, undecided ones first.</param>
/// <param name="Mutes">Attributes whose difference is no finding.</param>
/// <param name="CheckedAt">When somebody looked last, UTC; null for never.</param>
/// <param name="NextCheckAt">When the schedule looks next, UTC; null when it does not.</param>
public sealed record DriftView(IReadOnlyList<DriftLine> Findings, IReadOnlyList<DriftMute> Mutes, DateTimeOffset? CheckedAt, DateTimeOffset? NextCheckAt);

/// <summary>A finding, and whether it can become configuration.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Adoption">The parameters it would become, or why it cannot.</param>
public sealed record DriftLine(DriftFinding Finding, Adoption Adoption);

/// <summary>Whether a server can work.</summary>
/// <param name="Program">Full path of Terraform; null when it cannot be used.</param>
/// <param name="ProgramVersion">Its version.</param>
/// <param name="ProgramFault">Why it cannot be used, and what to do; null when it can.</param>
/// <param name="RunsAs">The user it runs as; null when that is the server's own.</param>
/// <param name="Mirror">The folder its providers come from; null when there is none.</param>
/// <param name="Registry">Whether providers may come from the public registry.</param>
/// <param name="Cells">The cells of this server.</param>
public sealed record ServerHealth(string? Program, Version? ProgramVersion, string? ProgramFault, string? RunsAs, string? Mirror, bool Registry, IReadOnlyList<CellHealth> Cells);

/// <summary>Whether a cell can be used.</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Fault">Why not, and what to do; null when it can.</param>
/// <param name="Leases">Terraform processes that may live there.</param>
public sealed record CellHealth(string Slug, string? Fault, int Leases);
