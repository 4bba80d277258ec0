using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Puts together what Terraform works on: module, variables, backend.</summary>
/// <param name="cell">Holds the secrets.</param>
/// <param name="plans">Knows what was applied last.</param>
/// <param name="options">Overrides and providers.</param>
/// <param name="stateAddress">The stable address of a workspace's state; null while the server does not listen yet.</param>
/// <param name="time">The clock.</param>
public sealed class Workspaces(Cell cell, PlanBook plans, TerraformOptions options, Func<Guid, string?> stateAddress, TimeProvider time)
{
    /// <summary>File with the values of the variables.</summary>
    public const string VariablesFile = "fabric.auto.tfvars.json";

    /// <summary>Code of the fault while the server does not listen yet.</summary>
    public const string NotListening = nameof(NotListening);

    private const string BackendFile = "fabric_backend.tf.json";
    private const string OverrideFile = "fabric_override.tf.json";

    /// <summary>The workspace of a step that makes or changes an entity.</summary>
    /// <returns>The workspace; or what is missing, as faults.</returns>
    public async Task<Outcome<BuiltWorkspace>> BuildAsync(StepContext step, CancellationToken ct)
    {
        if (step.Implementation?.Module is not { } module)
            return new OperationFault(FaultKind.WrongState, Reasons.ExecutorFault, $"{step.Step.Type} was loaded without its module; load that version of the type again.");
        var before = await plans.LastAppliedAsync(step.Entity!.Id, ct);
        var (variables, secrets, missing) = await VariablesAsync(step, module, before, ct);
        if (missing.Count > 0)
            return missing.Select(name => new OperationFault(FaultKind.Invalid, Reasons.BindingUnresolved, $"There is no secret {name}; set it, then retry {step.Step.Node}.")).ToArray();
        var files = module.Files.ToDictionary(file => file.Path, file => Workspace.Text(file.Text), StringComparer.Ordinal);
        files[VariablesFile] = Workspace.Text(variables.ToJsonString());
        if (before?.Files.GetValueOrDefault(Workspace.LockFile) is { } providers && !files.ContainsKey(Workspace.LockFile) && SameProviders(module, before))
            files[Workspace.LockFile] = providers;
        return Finish(step, new Workspace(files), secrets);
    }

    /// <summary>The workspace an entity was applied with last: what destroys and checks work on. Null when nothing ever was applied.</summary>
    public async Task<Outcome<BuiltWorkspace>?> LastAsync(StepContext step, CancellationToken ct)
    {
        if (await plans.LastAppliedAsync(step.Entity!.Id, ct) is not { } last)
            return null;
        var (_, secrets, _) = step.Entity.Config is { } config ? await OpenSecretsAsync(step, config, ct) : (null, [], []);
        return Finish(step, last, [.. secrets, .. SensitiveIn(last, step.Implementation?.Module)]);
    }

    /// <summary>Values that were secret when a workspace was applied; they stay so when others have taken their places.</summary>
    private static IEnumerable<string> SensitiveIn(Workspace workspace, TerraformModule? module)
    {
        var values = workspace.Files.GetValueOrDefault(VariablesFile) is { } text ? JsonNode.Parse(text) as JsonObject : null;
        return (module?.Variables ?? []).Where(variable => variable.Sensitive).Select(variable => values?[variable.Name]).OfType<JsonValue>().Select(value => value.ToString()).Where(value => value.Length > 0);
    }

    /// <summary>The files of a workspace that are its owner's: the module, its values, its providers; not where Fabric keeps the state, nor how it runs Terraform.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> OwnersFiles(Workspace workspace) =>
        workspace.Files.Where(file => file.Key is not (BackendFile or OverrideFile or CliConfig.FileName or Workspace.PlanFile or PlanMaker.StepPlanFile or PlanMaker.BoundsFile));

    /// <summary>Tags that everything of an entity carries.</summary>
    public static Dictionary<string, string> TagsOf(FabricEnvironment environment, Entity entity) => new(OwnerTags.Of(environment), StringComparer.Ordinal)
    {
        ["fabric-entity"] = entity.Id.ToString(),
        ["fabric-node"] = entity.Node,
    };

    private Outcome<BuiltWorkspace> Finish(StepContext step, Workspace workspace, IReadOnlyList<string> secrets)
    {
        if (stateAddress(step.Entity!.Id) is not { } address)
            return new OperationFault(FaultKind.Unavailable, NotListening, "The server is starting: Terraform cannot reach its state yet.");
        workspace = workspace
            .With(BackendFile, Workspace.Text(Backend(address).ToJsonString()))
            .With(CliConfig.FileName, Workspace.Text(CliConfig.Text(options)));
        if (options.Override.Length > 0)
            workspace = workspace.With(OverrideFile, File.ReadAllBytes(options.Override));
        return new BuiltWorkspace(workspace, HashOf(workspace, step.Run.Generation), secrets);
    }

    private async Task<(JsonObject Variables, IReadOnlyList<string> Secrets, IReadOnlyList<string> Missing)> VariablesAsync(
        StepContext step, TerraformModule module, Workspace? before, CancellationToken ct)
    {
        var (config, secrets, missing) = await OpenSecretsAsync(step, step.Config ?? [], ct);
        var variables = new JsonObject();
        foreach (var (property, value) in config)
        {
            if (module.Variables.Any(v => v.Name == TerraformModule.SnakeCase(property)))
                variables[TerraformModule.SnakeCase(property)] = value?.DeepClone();
        }

        foreach (var variable in module.Variables.Where(v => TerraformModule.OwnVariables.Contains(v.Name)))
            variables[variable.Name] = Own(variable.Name, step, before, options);
        return (variables, secrets, missing);
    }

    private static JsonNode Own(string variable, StepContext step, Workspace? before, TerraformOptions options) => variable switch
    {
        TerraformModule.NameVariable => JsonValue.Create(NameIn(before) ?? NameOf(step.Environment)),
        TerraformModule.RegionVariable => JsonValue.Create(step.Environment.Region),
        TerraformModule.EmulatorVariable => JsonValue.Create(options.Emulator),
        _ => new JsonObject(TagsOf(step.Environment, step.Entity!).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value)))),
    };

    /// <summary>At most 40 characters: what people look for, and a mark of the environment, since two tenants may use one name.</summary>
    private static string NameOf(FabricEnvironment environment)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(environment.Id.ToByteArray()).AsSpan(0, 3));
        return $"{(environment.Name.Length > 33 ? environment.Name[..33].TrimEnd('-') : environment.Name)}-{mark}";
    }

    /// <summary>The name it was made with stays, also when the environment is called otherwise later: another would replace everything.</summary>
    private static string? NameIn(Workspace? before) => before?.Files.GetValueOrDefault(VariablesFile) is { } text
        ? JsonNode.Parse(text)?[TerraformModule.NameVariable]?.ToString()
        : null;

    /// <summary>The configuration with secrets in place of their references, the values that were put in, and the names that have none.</summary>
    private async Task<(JsonObject Config, IReadOnlyList<string> Secrets, IReadOnlyList<string> Missing)> OpenSecretsAsync(StepContext step, JsonObject config, CancellationToken ct)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        var store = new SecretStore(cell, time);
        foreach (var name in Bindings.Secrets(config))
        {
            if (await store.GetAsync(Actor.System, step.Environment.Tenant, step.Environment.Id, name, $"variable of {step.Step.Node}", ct) is { } value)
                values[name] = value;
            else
                missing.Add(name);
        }

        return ((JsonObject)Filled(config, values)!, [.. values.Values], missing);
    }

    private static JsonNode? Filled(JsonNode? node, Dictionary<string, string> values) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Filled(p.Value, values)))),
        JsonArray list => new JsonArray([.. list.Select(item => Filled(item, values))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(values.Aggregate(text, (t, s) => t.Replace($"${{secret.{s.Key}}}", s.Value, StringComparison.Ordinal))),
        _ => node?.DeepClone(),
    };

    private static bool SameProviders(TerraformModule module, Workspace before) => module.Files
        .Where(file => file.Text.Contains("required_providers", StringComparison.Ordinal))
        .All(file => before.Files.GetValueOrDefault(file.Path)?.AsSpan().SequenceEqual(Workspace.Text(file.Text)) ?? false);

    private static JsonObject Backend(string address) => new()
    {
        ["terraform"] = new JsonObject
        {
            ["backend"] = new JsonObject
            {
                ["http"] = new JsonObject { ["address"] = address, ["lock_address"] = address, ["unlock_address"] = address, ["lock_method"] = "LOCK", ["unlock_method"] = "UNLOCK" },
            },
        },
    };

    /// <summary>Over what a plan is made from. What an earlier plan of it said is no part of that, or a destroy that was cut off would look like another.</summary>
    private static string HashOf(Workspace workspace, int generation)
    {
        var text = new StringBuilder().Append(generation);
        foreach (var (path, content) in workspace.Files.Where(f => f.Key is not (Workspace.LockFile or Workspace.PlanFile or PlanMaker.StepPlanFile or PlanMaker.BoundsFile)).OrderBy(f => f.Key, StringComparer.Ordinal))
            text.Append('\n').Append(path).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(path == VariablesFile ? Canonical(content) : content)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static byte[] Canonical(byte[] json) => Encoding.UTF8.GetBytes(CanonicalJson.Write(JsonNode.Parse(json)!));
}

/// <summary>A workspace ready to be worked on.</summary>
/// <param name="Files">Its files.</param>
/// <param name="InputsHash">Hash over module, variables, backend address and generation.</param>
/// <param name="Secrets">Values in it that must not be told.</param>
public sealed record BuiltWorkspace(Workspace Files, string InputsHash, IReadOnlyList<string> Secrets);
