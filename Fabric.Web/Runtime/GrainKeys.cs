namespace Fabric.Web.Runtime;

/// <summary>Keys of grains: the cell, then the thing in it.</summary>
internal static class GrainKeys
{
    public static string Of(string cell, Guid id) => $"{cell}/{id:N}";

    public static (string Cell, Guid Id) Read(string key)
    {
        var parts = key.Split('/');
        return (parts[0], Guid.Parse(parts[1]));
    }

    public static IEnvironmentGrain Environment(this IGrainFactory grains, string cell, Guid id) => grains.GetGrain<IEnvironmentGrain>(Of(cell, id));

    public static IAgentGrain Agent(this IGrainFactory grains, string cell, Guid id) => grains.GetGrain<IAgentGrain>(Of(cell, id));
}
