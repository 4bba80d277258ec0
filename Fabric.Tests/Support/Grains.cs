using System.Reflection;
using Orleans;

namespace Fabric.Tests.Support;

/// <summary>A grain factory without a silo: every grain that is asked for is told to the test, and refused.</summary>
public class Grains : DispatchProxy
{
    private Action<string> asked = _ => { };

    /// <param name="asked">Gets the key of each grain that is asked for.</param>
    public static IGrainFactory Refusing(Action<string>? asked = null)
    {
        var factory = Create<IGrainFactory, Grains>();
        ((Grains)factory).asked = asked ?? (_ => { });
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        asked($"{args?[0]}");
        throw new InvalidOperationException("There is no silo here.");
    }
}
