namespace Fabric.Web.Portal.Create;

/// <summary>What an environment is called and where it stands.</summary>
public sealed record Place(string Name, string Cloud, string Region);
