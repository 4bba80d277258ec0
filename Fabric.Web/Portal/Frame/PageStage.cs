namespace Fabric.Web.Portal.Frame;

/// <summary>What a page can show now.</summary>
public enum PageStage
{
    /// <summary>The first answer is awaited.</summary>
    Loading,

    /// <summary>There is something to show.</summary>
    Ready,

    /// <summary>No such thing, or none this person may see.</summary>
    NotFound,

    /// <summary>The person's role does not open this page.</summary>
    Forbidden,

    /// <summary>The answer did not come.</summary>
    Failed,
}
