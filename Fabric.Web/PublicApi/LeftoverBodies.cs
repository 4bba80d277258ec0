using System.Text.Json.Serialization;
using Fabric.Web.Live;
using Fabric.Workflows.Clouds;

namespace Fabric.Web.PublicApi;

/// <summary>What is to be removed.</summary>
/// <param name="Resources">Ids, as they were listed.</param>
/// <param name="Message">Why, in a person's words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RemoveRequest(IReadOnlyList<string>? Resources = null, string? Message = null);

/// <summary>What is left in a network.</summary>
/// <param name="Items">In the order in which it can be removed.</param>
public sealed record LeftoversBody(IReadOnlyList<LeftoverBody> Items);

/// <summary>A resource that Terraform does not know.</summary>
/// <param name="Type">Terraform's name of its type; the cloud's own where Terraform has none.</param>
/// <param name="Id">The cloud's id.</param>
/// <param name="Name">Its name; empty without one.</param>
public sealed record LeftoverBody(string Type, string Id, string Name)
{
    internal static LeftoverBody Of(CloudResource resource) => new(resource.Type, resource.Id, resource.Name);
}

/// <summary>What became of each resource.</summary>
/// <param name="Items">In the order in which they were asked for.</param>
public sealed record RemovalsBody(IReadOnlyList<RemovalBody> Items);

/// <summary>What became of one.</summary>
/// <param name="Type">Terraform's name of its type.</param>
/// <param name="Id">The cloud's id.</param>
/// <param name="Begun">Whether the cloud took its removal on; some kinds take minutes to be gone.</param>
/// <param name="Message">The same for people.</param>
public sealed record RemovalBody(string Type, string Id, bool Begun, string Message)
{
    internal static RemovalBody Of(RemovalView view) => new(view.Resource.Type, view.Resource.Id, view.Begun, view.Message);
}
