using System.Text.Json;

namespace Fabric.Workflows.Executors.Terraform.Log;

/// <summary>What a line of Terraform's log is about, as far as Fabric follows it.</summary>
public enum LogEventKind
{
    /// <summary>Only for people.</summary>
    Text,

    /// <summary>Work on a resource began.</summary>
    Started,

    /// <summary>Work on a resource is done.</summary>
    Completed,

    /// <summary>Work on a resource failed.</summary>
    Errored,

    /// <summary>What was done in all.</summary>
    Summary,

    /// <summary>A warning or an error.</summary>
    Diagnostic,
}

/// <summary>One line of Terraform's log.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The line for people.</param>
/// <param name="Address">The resource; empty for none.</param>
/// <param name="Type">Its type; empty for none.</param>
/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c> …; empty for none.</param>
/// <param name="Id">The cloud's id of a resource that is done; empty where the line gives none.</param>
/// <param name="IsError">For a diagnostic: whether it is an error.</param>
public sealed record LogEvent(LogEventKind Kind, string Text, string Address = "", string Type = "", string Action = "", string Id = "", bool IsError = false)
{
    /// <summary>Reads a line: one of JSON as Terraform documents it, or a plain one.</summary>
    public static LogEvent Read(string line)
    {
        if (!line.StartsWith('{'))
            return new LogEvent(LogEventKind.Text, line);
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.TryGetProperty("diagnostic", out var diagnostic) ? OfDiagnostic(diagnostic) : OfHook(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new LogEvent(LogEventKind.Text, line);
        }
    }

    private static LogEvent OfDiagnostic(JsonElement diagnostic)
    {
        var (summary, detail, address) = (Field(diagnostic, "summary"), Field(diagnostic, "detail"), Field(diagnostic, "address"));
        var isError = Field(diagnostic, "severity") == "error";
        var sentence = detail.Length > 0 ? $"{summary}: {detail}" : summary;
        return new LogEvent(LogEventKind.Diagnostic, $"{(isError ? "Error" : "Warning")}: {(address.Length > 0 ? address + ": " : "")}{sentence}", address, IsError: isError);
    }

    private static LogEvent OfHook(JsonElement root)
    {
        var text = Field(root, "@message");
        var kind = Field(root, "type") switch
        {
            "apply_start" => LogEventKind.Started,
            "apply_complete" => LogEventKind.Completed,
            "apply_errored" => LogEventKind.Errored,
            "change_summary" => LogEventKind.Summary,
            _ => LogEventKind.Text,
        };
        if (kind is LogEventKind.Text or LogEventKind.Summary || !root.TryGetProperty("hook", out var hook) || !hook.TryGetProperty("resource", out var resource))
            return new LogEvent(kind is LogEventKind.Summary ? kind : LogEventKind.Text, text);
        return new LogEvent(kind, text, Field(resource, "addr"), Field(resource, "resource_type"), Field(hook, "action"), Field(hook, "id_value"));
    }

    private static string Field(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
}
