using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>A new environment.</summary>
/// <param name="Tenant">Slug of the tenant.</param>
/// <param name="Name">Slug, unique in the tenant.</param>
/// <param name="Blueprint">Published blueprint.</param>
/// <param name="Cloud">sandbox, aws, azure, google or kubernetes.</param>
/// <param name="Region">Region of the cloud.</param>
/// <param name="Version">The blueprint's version; the newest when it is not given.</param>
/// <param name="Cell">Cell to live in; the first when it is not given.</param>
/// <param name="Parameters">The environment's own values.</param>
/// <param name="Noop">Nodes not to be executed.</param>
/// <param name="Adopted">Outputs of no-op nodes, by node.</param>
/// <param name="AutoApprove">Let plans go on without a person where policy leaves it to the requester.</param>
/// <param name="Account">Name or id of the cloud account it is made in; needed where something in it is made in one.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateRequest(
    string Tenant, string Name, string Blueprint, string Cloud, string Region, int? Version = null, string? Cell = null, JsonObject? Parameters = null, string[]? Noop = null, JsonObject? Adopted = null, bool? AutoApprove = null, string? Account = null)
{
    internal IResult? Missing()
    {
        var faults = new List<OperationFault>();
        foreach (var (field, value) in new[] { ("tenant", Tenant), ("name", Name), ("blueprint", Blueprint), ("cloud", Cloud), ("region", Region) })
        {
            if (string.IsNullOrWhiteSpace(value))
                faults.Add(new OperationFault(FaultKind.Invalid, "Missing", $"{field} is missing.", field));
        }

        return faults.Count > 0 ? Problems.Of(faults) : null;
    }
}

/// <summary>A change of what is deployed; what is not given stays.</summary>
/// <param name="Version">Published version of the blueprint.</param>
/// <param name="Noop">All nodes not to be executed.</param>
/// <param name="Adopted">Outputs of no-op nodes, by node.</param>
/// <param name="NoopNote">Owner, reason and expiry of the flags that are new.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeRequest(int? Version = null, string[]? Noop = null, JsonObject? Adopted = null, Fabric.Workflows.Environments.NoOpNote? NoopNote = null);

/// <summary>An operation's target.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OperationRequest(string Node);

/// <summary>A run to start.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RunRequest(string Kind);

/// <summary>A person's word on a run or step.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WordRequest(string? PlanHash = null, string? Message = null, string? Reason = null);

/// <summary>What was created.</summary>
public sealed record Created(Guid Id, Guid Run);

/// <summary>What was set in motion.</summary>
public sealed record Accepted(Guid Run, int? Revision);
