#pragma warning disable
using System.Text.Json.Nodes;
namespace Fabric.Workflows.Catalog
{
    public sealed record EntityTypeRef0;
    public sealed record EntityType { public string Name { get; init; } public string Version { get; init; } public string Title { get; init; } public string Hash { get; init; } public string Icon {get;init;} public JsonObject Config { get; init; } public JsonObject Outputs { get; init; } public bool Protect { get; init; } public IReadOnlyList<Implementation> Implementations { get; init; } public IReadOnlyDictionary<string, object> Operations { get; init; } public JsonObject? Health {get;init;} public static EntityType FromJson(string s) => null; public string ToJson() => ""; public Fabric.Workflows.Blueprints.EntityTypeRef Ref => null; }
    public sealed record RenderResult(IReadOnlyList<JsonObject> Objects, JsonObject Outputs, IReadOnlyList<string> Errors);
    public sealed record RenderContext(Guid EnvironmentId, string EnvironmentName, string Tenant, string Namespace, string Node);
    public static class ManifestRenderer { public static RenderResult Render(EntityType t, Implementation i, JsonObject c, RenderContext x) => null; }
    public sealed record Implementation { public string On { get; init; } public bool Enrol { get; init; } public SimulatedSpec? Simulated { get; init; } }
    public sealed record SimulatedSpec { public TimeSpan Create { get; init; } public TimeSpan Update { get; init; } public TimeSpan Delete { get; init; } public JsonObject Outputs { get; init; } }
}
namespace Fabric.Workflows.Blueprints
{
    public enum NodeKind { Entity, Approval, Wait, Window, Action }
    public sealed record EntityTypeRef(string Name, string Version, string Hash);
    public sealed record GateSpec { public string? By { get; init; } public TimeSpan? Duration { get; init; } public string? Cron { get; init; } public TimeSpan? WindowDuration { get; init; } public TimeSpan? Deadline { get; init; } }
    public sealed record BlueprintNode { public string Name { get; init; } public string? Title { get; init; } public NodeKind Kind { get; init; } public EntityTypeRef? Type { get; init; } public JsonObject Config { get; init; } public IReadOnlyList<string> After { get; init; } public IReadOnlyList<string> DependsOn { get; init; } public bool NoOp { get; init; } public string? Was { get; init; } public GateSpec? Gate { get; init; } public bool Protect { get; init; } }
    public sealed record CompiledBlueprint { public string Name { get; init; } public int Version { get; init; } public string Title { get; init; } public string Hash { get; init; } public JsonObject Parameters { get; init; } public IReadOnlyList<BlueprintNode> Nodes { get; init; } public IReadOnlyDictionary<string, string> Outputs { get; init; } public IReadOnlyDictionary<string, double[]> Layout { get; init; } public string ToJson() => ""; public static CompiledBlueprint FromJson(string s) => null; public BlueprintNode? Find(string s) => null; }
    public static class Placement { public static Fabric.Workflows.Catalog.Implementation? Choose(Fabric.Workflows.Catalog.EntityType t, string cloud) => null; }
    public sealed record BindingResult(JsonNode? Value, IReadOnlyList<string> Unknown, IReadOnlyList<string> Errors);
    public sealed record Lookup { public static Lookup Known(JsonNode? v) => null; public static Lookup Unknown => null; public static Lookup Missing(string m) => null; }
    public static class Bindings { public static BindingResult Resolve(JsonNode? t, Func<string, string[], Lookup> f) => null; }
}
