namespace Fabric.Workflows.Engine;

/// <summary>What kind of expected failure an operation met.</summary>
public enum FaultKind
{
    /// <summary>The request itself is wrong; the field says where.</summary>
    Invalid,

    /// <summary>No such thing, or none that the actor may see.</summary>
    NotFound,

    /// <summary>The thing is in a state that does not allow it; the message names the state.</summary>
    WrongState,

    /// <summary>Someone was faster: a stale revision, or a name that is taken.</summary>
    Conflict,

    /// <summary>The precondition the caller sent (If-Match, plan hash) does not hold any more.</summary>
    PreconditionFailed,

    /// <summary>The actor's role does not allow it.</summary>
    Forbidden,

    /// <summary>The cell cannot be reached now.</summary>
    Unavailable,
}

/// <summary>An expected failure: what, where and what to do.</summary>
/// <param name="Kind">Kind; status codes follow from it.</param>
/// <param name="Code">Constant.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">The field of the request it is about, dotted; null when none.</param>
public sealed record OperationFault(FaultKind Kind, string Code, string Message, string? Field = null);

/// <summary>The result of an operation: a value, or every fault that stands in its way.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;

    private Outcome(T? value, IReadOnlyList<OperationFault> faults) => (this.value, Faults) = (value, faults);

    /// <summary>All faults; empty on success.</summary>
    public IReadOnlyList<OperationFault> Faults { get; }

    /// <summary>True when there is a value.</summary>
    public bool Succeeded => Faults.Count == 0;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The operation failed.</exception>
    public T Value => Succeeded ? value! : throw new InvalidOperationException(Faults[0].Message);

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>A failure.</summary>
    public static implicit operator Outcome<T>(OperationFault fault) => new(default, [fault]);

    /// <summary>A failure with several faults.</summary>
    public static implicit operator Outcome<T>(OperationFault[] faults) => new(default, faults);

    /// <summary>The same faults, for another type of value.</summary>
    public Outcome<TOther> Cast<TOther>() => Faults.ToArray();

    /// <summary>The outcome as a plain record that travels.</summary>
    public OutcomeWire<T> ToWire() => new(value, Faults);
}

/// <summary>An <see cref="Outcome{T}"/> as it travels.</summary>
/// <param name="Value">The value; null when it failed.</param>
/// <param name="Faults">All faults; empty on success.</param>
public sealed record OutcomeWire<T>(T? Value, IReadOnlyList<OperationFault> Faults)
{
    /// <summary>Back to what it was.</summary>
    public Outcome<T> ToOutcome() => Faults.Count > 0 ? Faults.ToArray() : Value!;
}
