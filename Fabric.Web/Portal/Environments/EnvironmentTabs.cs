namespace Fabric.Web.Portal.Environments;

/// <summary>The tabs of an environment, as they stand in its address.</summary>
public static class EnvironmentTabs
{
    public const string Overview = "overview";
    public const string Configuration = "configuration";
    public const string Version = "version";
    public const string Changes = "changes";
    public const string Activity = "activity";
    public const string Agent = "agent";

    /// <summary>All of them in order, with their titles.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
        [(Overview, "Overview"), (Configuration, "Configuration"), (Version, "Version"), (Changes, "Changes"), (Activity, "Activity"), (Agent, "Agent")];

    /// <summary>The tab an address means: an unknown one is the first.</summary>
    public static string Of(string? name) => All.Any(tab => tab.Name == name) ? name! : Overview;
}
