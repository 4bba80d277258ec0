using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>
/// Turns <c>{"kubernetes": {"$environment": "region-eu"}}</c> into the outputs which that environment declares, and nothing else of it.
/// Plain values stay as they are.
/// </summary>
internal sealed class AdoptedOutputs(EnvironmentReads reads)
{
    private const string Reference = "$environment";

    public async Task<Outcome<JsonObject>> ResolveAsync(Actor actor, string tenant, JsonObject adopted, CancellationToken ct)
    {
        var resolved = (JsonObject)adopted.DeepClone();
        foreach (var (node, value) in adopted)
        {
            if (value is not JsonObject { } map || map[Reference] is not JsonValue name)
                continue;
            var lender = name.ToString();
            var id = await reads.FindAsync(actor, tenant, lender, ct) ?? await reads.FindAsync(Actor.System, Actor.VendorTenant, lender, ct);
            if (id is null || await reads.GetAsync(Actor.System, id.Value, ct) is not { } view)
                return new OperationFault(FaultKind.Invalid, "UnknownLender", $"There is no environment {lender} to adopt outputs from.", $"adopted.{node}");
            resolved[node] = view.Outputs.DeepClone();
        }

        return resolved;
    }
}
