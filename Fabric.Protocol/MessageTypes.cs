namespace Fabric.Protocol;

/// <summary>JOSE <c>typ</c> values: a thing signed as one can never be taken for another.</summary>
public static class MessageTypes
{
    public const string Assertion = "fabric-agent+jwt";
    public const string Intent = "fabric-intent+jws";
    public const string Cancel = "fabric-cancel+jws";
    public const string Key = "fabric-key+jws";
    public const string Incarnation = "fabric-incarnation+jws";
}
