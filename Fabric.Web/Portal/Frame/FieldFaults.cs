using Fabric.Workflows.Engine;

namespace Fabric.Web.Portal.Frame;

/// <summary>Faults by the part of the request they are about.</summary>
public static class FieldFaults
{
    /// <summary>Faults under a prefix such as <c>parameters.</c>, with the field as the form inside knows it.</summary>
    public static IReadOnlyList<OperationFault> Under(string prefix, IReadOnlyList<OperationFault> faults) =>
        [.. from fault in faults where IsUnder(prefix, fault) select fault with { Field = fault.Field![prefix.Length..] }];

    /// <summary>Faults that no form with one of the prefixes shows in its place.</summary>
    public static IReadOnlyList<OperationFault> Outside(IReadOnlyList<string> prefixes, IReadOnlyList<OperationFault> faults) =>
        [.. faults.Where(fault => !prefixes.Any(prefix => IsUnder(prefix, fault)))];

    private static bool IsUnder(string prefix, OperationFault fault) => fault.Field?.StartsWith(prefix, StringComparison.Ordinal) is true;
}
