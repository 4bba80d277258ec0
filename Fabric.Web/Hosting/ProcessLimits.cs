namespace Fabric.Web.Hosting;

/// <summary>Bounds that hold in the whole process, set before anything else runs.</summary>
internal static class ProcessLimits
{
    /// <summary>The longest that one pattern may be tried on one text: a policy's own pattern could otherwise hold a plan up for ever.</summary>
    public static readonly TimeSpan Pattern = TimeSpan.FromSeconds(5);

    /// <summary>Sets them. The runtime reads the bound of patterns once, with the first pattern that it meets.</summary>
    public static void Set() => AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Pattern);
}
