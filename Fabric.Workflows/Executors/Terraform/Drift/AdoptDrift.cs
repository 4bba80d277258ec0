using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>
/// Takes what stands into the configuration. It is traced from the resource's attribute over the module's variable and the node's setting
/// to a parameter; where that line is broken nothing is guessed, and the sentence says where. Pure.
/// </summary>
public static class AdoptDrift
{
    /// <summary>The finding once its value was taken into the configuration.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="fingerprint">What the actor saw of it; null when they do not say.</param>
    /// <param name="adoption">What it would become.</param>
    /// <param name="actor">Who adopts it.</param>
    public static Outcome<DriftFinding> Decide(DriftFinding finding, string? fingerprint, Adoption adoption, Actor actor)
    {
        if (DecisionGuard.Decidable(finding, fingerprint) is { } fault)
            return fault;
        return adoption.IsPossible
            ? finding with { State = DriftState.Adopted, DecidedBy = actor.Name, Until = null, Reason = "" }
            : new OperationFault(FaultKind.WrongState, "NotAdoptable", adoption.Refusal);
    }

    /// <summary>Why the configuration is changed, for its history.</summary>
    public static string Why(DriftFinding finding) => $"Adopts what stands at {finding.Address} of {finding.Node}.";

    /// <summary>What a finding would become.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="module">The module that made the resource; null when it is not known any more.</param>
    /// <param name="config">The node's settings as the blueprint has them, bindings unresolved; null when it has no such node any more.</param>
    public static Adoption Of(DriftFinding finding, TerraformModule? module, JsonObject? config)
    {
        if (finding.Action is PlanAction.Delete)
            return Adoption.Refused($"{finding.Address} is gone, so there is nothing to take over. Revert it to have it made again, or take it out of the blueprint.");
        if (module is null || config is null)
            return Adoption.Refused($"The blueprint has no {finding.Node} any more, so no setting of it can take the value. Revert it.");
        if (finding.Address.Contains('[', StringComparison.Ordinal))
            return Adoption.Refused($"{finding.Address} is one of several that the same setting makes: taking its value over would change them all. Revert it, or change the setting.");
        if (ResourceArguments.Find(module, finding.Address) is not { } arguments)
            return Adoption.Refused($"{finding.Address} is made by a part of the module that Fabric cannot trace to a setting. Revert it, or change the module.");
        var patch = new JsonObject();
        foreach (var change in finding.Changes)
        {
            if (Trace(change, arguments, config, patch) is { } refusal)
                return Adoption.Refused(refusal);
        }

        return patch.Count > 0 ? new Adoption(patch, "") : Adoption.Refused("Only what the cloud computes by itself differs; no setting decides it. Revert it, ignore it, or mute the attribute.");
    }

    /// <summary>Follows one field to its parameter.</summary>
    /// <returns>Where the line is broken, and what to do; null when the patch has the value, or the field follows others by itself.</returns>
    private static string? Trace(FieldChange change, ResourceArguments arguments, JsonObject config, JsonObject patch)
    {
        var root = change.Path.Split('.', '[')[0];
        if (root.Contains(' ', StringComparison.Ordinal))
            return "More differs than is kept of it. Revert it.";
        if (!arguments.IsWritten(root))
            return null;
        if (change.Sensitive)
            return $"{change.Path} is secret: Fabric does not read what stands. Set it in the configuration, or revert it.";
        if (arguments.VariableOf(root) is not { } variable || Below(root, change.Path) is not { } key)
            return $"{change.Path} is put together by the module, so no single setting has its value. Revert it, or change the setting it is made of.";
        if (variable.StartsWith(TerraformModule.OwnPrefix, StringComparison.Ordinal))
            return $"{change.Path} is filled in by Fabric itself. Revert it.";
        if (change.After is null)
            return $"{change.Path} was taken away, so there is no value to take over. Revert it, or change the setting.";
        var setting = config.FirstOrDefault(pair => TerraformModule.SnakeCase(pair.Key) == variable);
        if (setting.Key is null)
            return $"The blueprint leaves the setting behind {change.Path} ({variable}) at its default. Bind it to a parameter in the blueprint, then adopt; or revert it.";
        if (ParameterOf(setting.Value) is not { } parameter)
            return $"The blueprint decides '{setting.Key}' itself, so the environment cannot. Bind it to a parameter in the blueprint, then adopt; or revert it.";
        Put(patch, key.Length > 0 ? [.. parameter, key] : parameter, change.After);
        return null;
    }

    /// <summary>The one key by which a field stands in a map; empty for the attribute itself, null where it stands deeper or in a list.</summary>
    private static string? Below(string root, string path) => path == root ? ""
        : path.StartsWith($"{root}.", StringComparison.Ordinal) && path[(root.Length + 1)..] is var key && !key.Contains('.', StringComparison.Ordinal) && !key.Contains('[', StringComparison.Ordinal) ? key
        : null;

    /// <summary>The parameter that a setting is bound to as a whole; null when it is no such binding.</summary>
    private static string[]? ParameterOf(JsonNode? setting)
    {
        if (setting is not JsonValue value || !value.TryGetValue(out string? text) || !text.StartsWith("${param.", StringComparison.Ordinal) || !text.EndsWith('}'))
            return null;
        var path = text["${param.".Length..^1].Split('.');
        return path.All(part => part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')) ? path : null;
    }

    private static void Put(JsonObject patch, string[] path, JsonNode value)
    {
        foreach (var part in path[..^1])
        {
            if (patch[part] is not JsonObject inner)
                patch[part] = inner = [];
            patch = inner;
        }

        patch[path[^1]] = value.DeepClone();
    }
}
