using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Addresses and ids of the managed resources in a state.</summary>
/// <param name="Known">The id of each address; empty where its type has none.</param>
/// <param name="Ids">Ids and names by which the cloud knows them.</param>
internal sealed partial record StateResources(IReadOnlyDictionary<string, string> Known, IReadOnlySet<string> Ids)
{
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Their addresses.</summary>
    public IReadOnlySet<string> Addresses { get; } = Known.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether what stands at an address has another id.</summary>
    public bool IsAnother(string address, string id) => Known.GetValueOrDefault(address, "") is { Length: > 0 } known && known != id;

    /// <summary>Reads a state; none gives none.</summary>
    public static StateResources Read(byte[]? state)
    {
        var (known, ids) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var resource in (state is null ? null : JsonNode.Parse(state)?["resources"] as JsonArray) ?? [])
        {
            if (resource?["mode"]?.ToString() != "managed")
                continue;
            var module = resource["module"]?.ToString() is { } path ? path + "." : "";
            foreach (var instance in resource["instances"] as JsonArray ?? [])
            {
                var key = instance?["index_key"] is { } index ? $"[{KeyOf(index)}]" : "";
                if (instance?["deposed"] is null)
                    known[$"{module}{resource["type"]}.{resource["name"]}{key}"] = instance?["attributes"]?["id"]?.ToString() ?? "";
                foreach (var name in new[] { "id", "arn", "access_entry_arn" })
                {
                    if (instance?["attributes"]?[name]?.ToString() is { Length: > 0 } id)
                        ids.Add(id);
                }
            }
        }

        return new StateResources(known, ids);
    }

    /// <summary>A key as Terraform writes it into an address: nothing is escaped but what would end it or begin a template.</summary>
    private static string KeyOf(JsonNode index) =>
        index.ToJsonString(Plainly).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>The type in an address; keys of <c>for_each</c> may hold anything.</summary>
    public static string TypeOf(string address) => Key().Replace(address, "").Split('.') is [.., var type, _] ? type : "";

    [GeneratedRegex("""\[(\d+|"(\\.|[^"\\])*")\]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
