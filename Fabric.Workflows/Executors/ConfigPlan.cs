using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors;

/// <summary>Plans made from configurations alone, for executors that hold no state of their own outside.</summary>
public static class ConfigPlan
{
    /// <summary>What applying <paramref name="step"/> would do, compared with what was applied last.</summary>
    public static StepPlan Make(StepContext step)
    {
        var entity = step.Entity;
        if (step.Config is null)
            return new StepPlan(entity is { Stands: true } ? PlanAction.Delete : PlanAction.None, [], true, Hash(step, null));
        var complete = step.UnknownPaths.Count == 0;
        var changes = Changes(step);
        var action = Action(step, complete, changes);
        return new StepPlan(action, changes, complete, complete ? Hash(step, step.Config) : null);
    }

    private static PlanAction Action(StepContext step, bool complete, List<FieldChange> changes)
    {
        if (step.Entity is not { Stands: true, DeployedGeneration: > 0 })
            return PlanAction.Create;
        if (changes.Any(change => change.ForcesReplace && !change.Unknown))
            return PlanAction.Replace;
        if (!complete)
            return PlanAction.KnownAfterApply;
        var wanted = step.Type?.Ref;
        var sameType = wanted is null || wanted.Hash == step.Entity.TypeHash;
        var settled = step.Entity.State is Environments.EntityState.Ready && !step.Entity.Drifted;
        return changes.Count == 0 && sameType && settled ? PlanAction.None : PlanAction.Update;
    }

    private static List<FieldChange> Changes(StepContext step)
    {
        var before = step.Entity is { Stands: true } ? step.Entity.Config : null;
        var changes = new List<FieldChange>();
        foreach (var change in ValueDiff.Compare(before, step.Config))
        {
            var unknown = step.UnknownPaths.Any(path => change.Path == path || change.Path.StartsWith(path + ".", StringComparison.Ordinal) || path.StartsWith(change.Path + ".", StringComparison.Ordinal) || path.StartsWith(change.Path + "[", StringComparison.Ordinal));
            if (unknown)
                continue;
            var schema = SchemaOf(step, change.Path);
            var sensitive = Flag(schema, "x-secret");
            changes.Add(new FieldChange(
                change.Path,
                sensitive ? null : change.Before,
                sensitive ? null : change.After,
                Sensitive: sensitive,
                ForcesReplace: before is not null && Flag(schema, "x-immutable")));
        }

        changes.AddRange(step.UnknownPaths.Select(path => new FieldChange(path, null, null, Unknown: true)));
        return changes;
    }

    private static JsonObject? SchemaOf(StepContext step, string path)
    {
        var top = path.Split('.', '[')[0];
        return step.Type?.Config["properties"]?[top] as JsonObject;
    }

    private static bool Flag(JsonObject? schema, string name) => schema?[name] is JsonValue value && value.TryGetValue(out bool set) && set;

    private static string Hash(StepContext step, JsonObject? config)
    {
        var text = $"{step.Type?.Ref.Hash}\n{(config is null ? "" : CanonicalJson.Write(config))}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
