using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fabric.Web.Controls.Forms;

/// <summary>Says in words what is wrong with a value; the server checks again, and more.</summary>
public static class FieldCheck
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);

    /// <summary>The fault, or null. A missing value is at fault only where one must be given and there is no default.</summary>
    public static string? Of(SchemaField field, JsonNode? value)
    {
        if (value is null)
            return field is { Required: true, Default: null } ? "This is needed." : null;
        return field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => OfNumber(field, value),
            FieldKind.Text or FieldKind.Secret => OfText(field, ValueText.Of(value)),
            FieldKind.Lines => OfLines(field, value as JsonArray),
            FieldKind.Json when value is JsonValue => "This is not valid JSON.",
            _ => null,
        };
    }

    private static string? OfNumber(SchemaField field, JsonNode value)
    {
        if (value.GetValueKind() is not JsonValueKind.Number || !decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return field.Kind is FieldKind.Integer ? "Give a whole number." : "Give a number.";
        if (field.Kind is FieldKind.Integer && number != decimal.Truncate(number))
            return "Give a whole number.";
        return (Bound(field, "minimum"), Bound(field, "maximum")) switch
        {
            ({ } least, { } most) when number < least || number > most => $"Give a number from {Say(least)} to {Say(most)}.",
            ({ } least, _) when number < least => $"Give at least {Say(least)}.",
            (_, { } most) when number > most => $"Give at most {Say(most)}.",
            _ => null,
        };
    }

    private static string? OfText(SchemaField field, string text)
    {
        if (Bound(field, "minLength") is { } least && text.Length < least)
            return $"Use at least {Say(least)} characters.";
        if (Bound(field, "maxLength") is { } most && text.Length > most)
            return $"Use at most {Say(most)} characters.";
        return field.Schema["pattern"] is JsonValue pattern && !Matches(text, ValueText.Of(pattern))
            ? $"This does not have the form that is asked for: {ValueText.Of(pattern)}"
            : null;
    }

    private static string? OfLines(SchemaField field, JsonArray? lines)
    {
        var count = lines?.Count ?? 0;
        if (Bound(field, "minItems") is { } least && count < least)
            return $"Give at least {Say(least)}.";
        return Bound(field, "maxItems") is { } most && count > most ? $"Give at most {Say(most)}." : null;
    }

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, PatternTime);
        }
        catch (Exception failure) when (failure is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern this side cannot run is left to the server.
            return true;
        }
    }

    private static decimal? Bound(SchemaField field, string keyword) =>
        field.Schema[keyword] is JsonValue bound && decimal.TryParse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Say(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
