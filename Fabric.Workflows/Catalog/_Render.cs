#pragma warning disable
using System.Text.Json.Nodes;
namespace Fabric.Workflows.Catalog;
public sealed record RenderResult(IReadOnlyList<JsonObject> Objects, JsonObject Outputs, IReadOnlyList<string> Errors);
public sealed record RenderContext(Guid EnvironmentId, string EnvironmentName, string Tenant, string Namespace, string Node);
public static class ManifestRenderer { public static RenderResult Render(EntityType t, Implementation i, JsonObject c, RenderContext x) => new([], [], []); }
