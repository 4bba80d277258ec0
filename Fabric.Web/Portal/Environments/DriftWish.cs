using Fabric.Web.Live;

namespace Fabric.Web.Portal.Environments;

/// <summary>What is wanted of a finding.</summary>
public enum DriftWishKind
{
    /// <summary>Bring back what was deployed.</summary>
    Revert,

    /// <summary>Take what stands into the configuration.</summary>
    Adopt,

    /// <summary>Leave it until a date.</summary>
    Ignore,

    /// <summary>Let an attribute differ.</summary>
    Mute,
}

/// <summary>What a person wants of a finding, told from what was on the screen.</summary>
/// <param name="Kind">What.</param>
/// <param name="Line">The finding that was shown.</param>
/// <param name="Reason">Their words.</param>
public sealed record DriftWish(DriftWishKind Kind, DriftLine Line, string Reason = "")
{
    /// <summary>For one that is ignored: until when, UTC.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>For one that is muted: the attribute.</summary>
    public string Path { get; init; } = "";
}
