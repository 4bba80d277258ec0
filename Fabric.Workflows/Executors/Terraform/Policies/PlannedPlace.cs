using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform.Plans;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>
/// A place in the planned values of a resource, with what Terraform's masks say of it. What is not known before the apply is either given by
/// the module and unknown, or left out by it and the provider's own choice: the plan's configuration tells one from the other, and where
/// it does not tell, the place counts as unknown.
/// </summary>
internal sealed class PlannedPlace
{
    private readonly JsonNode? unknown;
    private readonly JsonNode? mask;
    private readonly JsonNode? given;
    private readonly bool isGiven;

    private PlannedPlace(string path, JsonNode? value, JsonNode? unknown, JsonNode? mask, JsonNode? given, bool isGiven, PlannedPlace? around)
    {
        (Path, Value, this.unknown, this.mask, this.given, this.isGiven) = (path, value, unknown, mask, given, isGiven);
        Around = around ?? this;
    }

    /// <summary>Such as <c>ingress[0].cidr_blocks[1]</c>.</summary>
    public string Path { get; }

    /// <summary>What stands there; null when nothing does, or it is not known.</summary>
    public JsonNode? Value { get; }

    /// <summary>The block it stands in; the resource itself at the top.</summary>
    public PlannedPlace Around { get; }

    /// <summary>Whether it stands in no block.</summary>
    public bool IsAtTop => Around.Path.Length == 0;

    /// <summary>Known only after apply.</summary>
    public bool IsUnknown => IsSet(unknown) && isGiven;

    /// <summary>Nothing stands there, or only what the provider chooses.</summary>
    public bool IsLeftOut => !IsUnknown && Value is null;

    /// <summary>Whether its value is shown nowhere.</summary>
    public bool IsSensitive => Marks(mask);

    /// <summary>A resource as it will stand.</summary>
    public static PlannedPlace After(PlannedResource resource) =>
        new("", resource.Change["after"], resource.Change["after_unknown"], resource.Change["after_sensitive"], resource.Given, isGiven: true, null);

    /// <summary>The places that a path leads to; where it breaks off, the last one on the way.</summary>
    public IEnumerable<PlannedPlace> Find(string path) =>
        path.Split('.').Aggregate(Enumerable.Repeat(this, 1), (places, step) => places.SelectMany(place => place.Step(step)));

    /// <summary>Whether a mask marks anything.</summary>
    public static bool Marks(JsonNode? mask) => mask switch
    {
        JsonObject map => map.Any(entry => Marks(entry.Value)),
        JsonArray list => list.Any(Marks),
        _ => IsSet(mask),
    };

    private IEnumerable<PlannedPlace> Step(string step)
    {
        if (Value is not JsonObject)
            return [this];
        return step.EndsWith("[*]", StringComparison.Ordinal) ? Attribute(step[..^3]).Elements() : [Attribute(step)];
    }

    private PlannedPlace Attribute(string name)
    {
        var arguments = given as JsonObject;
        return new(
            Path.Length == 0 ? name : $"{Path}.{name}",
            Value![name],
            Below(unknown, name),
            Below(mask, name),
            // A list holds blocks; what is given as an expression tells nothing of what is inside it.
            arguments?[name] as JsonArray,
            arguments?.ContainsKey(name) ?? true,
            this);
    }

    private IEnumerable<PlannedPlace> Elements()
    {
        var marks = unknown as JsonArray;
        var count = Math.Max((Value as JsonArray)?.Count ?? 0, marks?.Count ?? 0);
        if (count == 0 || (Value is not JsonArray && marks is null))
            return [Value is JsonArray ? new PlannedPlace(Path, null, unknown, mask, given, isGiven, Around) : this];
        // A set's blocks may stand in another order than they are written in.
        var block = given is JsonArray { Count: 1 } only ? only[0] : null;
        return Enumerable.Range(0, count).Select(i => new PlannedPlace(
            string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]"), At(Value, i), At(unknown, i), At(mask, i), block, isGiven: true, Around));
    }

    private static JsonNode? Below(JsonNode? mask, string name) => mask is JsonObject map ? map[name] : IsSet(mask) ? mask : null;

    private static JsonNode? At(JsonNode? list, int index) => list is JsonArray many ? index < many.Count ? many[index] : null : IsSet(list) ? list : null;

    private static bool IsSet(JsonNode? mask) => mask is JsonValue value && value.TryGetValue(out bool set) && set;
}
