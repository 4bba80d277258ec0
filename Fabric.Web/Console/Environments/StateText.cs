using System.Globalization;
using Fabric.Web.Live;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.State;

namespace Fabric.Web.ConsoleView.Environments;

/// <summary>Words about states.</summary>
public static class StateText
{
    /// <summary>What "set aside" means.</summary>
    public const string Aside = "A version that is set aside was written by a process whose right to work had ended. It was kept for you to look at and is not in force; restore it if it is the one that tells the truth.";

    /// <summary>What will stand where no state is yet.</summary>
    public const string None = "The first apply writes it. Every version that Terraform writes stands here then, for as long as Fabric:Terraform:KeepDays and KeepStates say.";

    /// <summary>What becomes of versions that are not shown.</summary>
    public const string Older = "Older ones are kept as long as Fabric:Terraform:KeepDays and KeepStates say; one that is set aside is never forgotten.";

    /// <summary>Bytes for people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
    };

    /// <summary>The part of an id that people compare.</summary>
    public static string Short(string id) => id.Length > 8 ? id[..8] : id;

    /// <summary>What a process does.</summary>
    public static string Doing(LeaseKind kind) => kind switch
    {
        LeaseKind.Plan => "Plans",
        LeaseKind.Apply => "Applies",
        LeaseKind.Check => "Looks for drift",
        _ => "Brings what a killed apply left behind into the state",
    };

    /// <summary>What a restore does, before it is done.</summary>
    public static string Restoring(StateVersion version, StateView view)
    {
        var now = view.Versions.FirstOrDefault(one => one.Number == view.InForce);
        var gap = now is null ? "" : $" In force now is version {now.Number} with {Resources(now.Resources)}.";
        return $"Version {version.Number} with {Resources(version.Resources)} becomes the state again, under a new, higher serial.{gap} "
            + "Nothing in the cloud is changed by this: it changes what Terraform believes to stand there. What the restored version does not know is made anew or left behind by the next run, so look at that run's plan.";
    }

    private static string Resources(int count) => count == 1 ? "1 resource" : $"{count} resources";
}
