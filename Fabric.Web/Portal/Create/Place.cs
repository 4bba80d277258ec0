namespace Fabric.Web.Portal.Create;

/// <summary>What an environment is called and where it stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cloud">Its cloud.</param>
/// <param name="Region">Its region.</param>
/// <param name="Account">Id of the cloud account it is made in; null for none.</param>
public sealed record Place(string Name, string Cloud, string Region, Guid? Account = null);
