using Fabric.Web.Live;

namespace Fabric.Web.ConsoleView.Health;

/// <summary>Words about the server.</summary>
public static class HealthText
{
    /// <summary>Where providers come from.</summary>
    public static string Providers(ServerHealth health) => (health.Mirror, health.Registry) switch
    {
        (not null, true) => "From the mirror; what it does not have, from the public registry.",
        (not null, false) => "From the mirror alone.",
        (null, true) => "From the public registry; there is no mirror.",
        _ => "From nowhere: there is no mirror, and the public registry is turned off. Set Fabric:Terraform:Mirror to a folder of providers.",
    };
}
