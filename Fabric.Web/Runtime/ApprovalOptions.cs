using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime;

/// <summary>Who approves what: section <c>Fabric:Approvals</c>. The sandbox cloud needs nobody's yes.</summary>
public sealed class ApprovalOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Approvals";

    private const string Nobody = "nobody";

    /// <summary>Whose yes a plan needs that deletes or replaces: <c>nobody</c>, <c>vendor</c>, <c>customer</c>, <c>both</c>.</summary>
    public string Risky { get; set; } = ApprovalPolicy.Customer;

    /// <summary>Whose yes it needs on an entity that is marked protected: <c>vendor</c>, <c>customer</c>, <c>both</c>.</summary>
    public string Protected { get; set; } = ApprovalPolicy.Customer;

    /// <summary>Whether the person who asked for a run may approve it.</summary>
    public bool OwnRuns { get; set; } = true;

    /// <summary>The same as the engine reads it.</summary>
    public ApprovalPolicy ToPolicy() => new(Risky == Nobody ? null : Risky, Protected, OwnRuns);

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (Risky is not (Nobody or ApprovalPolicy.Vendor or ApprovalPolicy.Customer or ApprovalPolicy.Both))
            yield return $"{Section}:{nameof(Risky)} is '{Risky}'; it must be nobody, vendor, customer or both.";
        if (Protected is not (ApprovalPolicy.Vendor or ApprovalPolicy.Customer or ApprovalPolicy.Both))
            yield return $"{Section}:{nameof(Protected)} is '{Protected}'; it must be vendor, customer or both: what is protected always asks.";
    }
}

/// <summary>Holds the server's start while nobody knows who approves.</summary>
internal sealed class ApprovalOptionsCheck : IValidateOptions<ApprovalOptions>
{
    public ValidateOptionsResult Validate(string? name, ApprovalOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
