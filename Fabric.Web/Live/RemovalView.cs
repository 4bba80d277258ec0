using Fabric.Workflows.Clouds;

namespace Fabric.Web.Live;

/// <summary>What became of the removal of one resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Begun">Whether the cloud took it on.</param>
/// <param name="Message">The same for people.</param>
public sealed record RemovalView(CloudResource Resource, bool Begun, string Message);
