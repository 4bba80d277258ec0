using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>Who must say yes to a plan, and to what exactly.</summary>
public static class ApprovalRules
{
    /// <summary>Whose yes the plan needs; null for nobody's. The sandbox cloud is exempt: nothing real is lost there.</summary>
    public static string? RequiredBy(ApprovalPolicy policy, FabricEnvironment environment, IReadOnlyList<Step> steps) =>
        steps.Select(step => policy.For(environment, step)).Aggregate((string?)null, ApprovalPolicy.Join);

    /// <summary>SHA-256 over all that the plan does, hex: an approval names it, and holds for nothing else.</summary>
    public static string Hash(Run run, IReadOnlyList<Step> steps)
    {
        var text = new StringBuilder($"{run.EnvironmentId:N}|{run.Kind}|{run.Generation}|{run.BlueprintVersion}|{run.Operation}");
        foreach (var step in steps)
        {
            text.Append('\n').Append(step.Node).Append('|').Append(step.Type).Append('|').Append(step.Action).Append('|').Append(step.NoOp);
            if (step.Plan is not { } plan)
                continue;
            text.Append('|').Append(plan.Complete).Append('|').Append(plan.InputsHash);
            foreach (var change in plan.Changes)
                text.Append(';').Append(change.Path).Append('=').Append(Text(change.Before)).Append('>').Append(Text(change.After)).Append(change.Unknown).Append(change.ForcesReplace);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Text(JsonNode? node) => node is null ? "" : CanonicalJson.Write(node);
}
