using System.Text.Json.Nodes;

namespace Fabric.Workflows.Clouds;

/// <summary>An account with its credential open, for as long as one call takes. Printing it shows no credential.</summary>
public sealed class OpenedAccount(CloudAccount row, string? secret)
{
    /// <summary>The row.</summary>
    public CloudAccount Row { get; } = row;

    /// <summary>The long-lived credential; null where sign-in needs none.</summary>
    public string? Secret { get; } = secret;

    /// <summary>The kind of sign-in.</summary>
    public string Kind => Row.SignInField(SignInKind.Field);

    /// <summary>A field of the sign-in; empty when it is not there.</summary>
    public string this[string field] => Row.SignInField(field);

    /// <inheritdoc/>
    public override string ToString() => $"{Row.Cloud}/{Row.Account}";
}

/// <summary>Reading sign-ins.</summary>
public static class SignInFields
{
    /// <summary>A field of the account's sign-in; empty when it is not there.</summary>
    public static string SignInField(this CloudAccount account, string field) =>
        account.SignIn[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
