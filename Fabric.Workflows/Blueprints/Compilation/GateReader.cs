using Cronos;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Reads a gate.</summary>
internal sealed class GateReader(BlueprintSource source, FaultList faults)
{
    private static readonly Dictionary<string, (NodeKind Kind, string[] Keys)> Gates = new(StringComparer.Ordinal)
    {
        ["approval"] = (NodeKind.Approval, ["by", "deadline"]),
        ["wait"] = (NodeKind.Wait, ["duration"]),
        ["window"] = (NodeKind.Window, ["cron", "duration"]),
        ["action"] = (NodeKind.Action, ["node", "operation"]),
    };

    private static readonly string[] Common = ["gate", "after", "was", "title"];

    /// <summary>The fields that only this gate has; null when there is no such gate.</summary>
    public static IReadOnlyList<string>? Keys(string gate) => Gates.TryGetValue(gate, out var form) ? form.Keys : null;

    public NodeDraft? Read(YamlEntry entry, YamlMap map)
    {
        if (map["gate"] is not YamlScalar gate || !Gates.TryGetValue(gate.Value, out var form))
        {
            faults.Add(FaultCodes.UnknownGate, map["gate"]!, $"'{(map["gate"] as YamlScalar)?.Value}' is no gate. {Suggestion.For((map["gate"] as YamlScalar)?.Value ?? "", Gates.Keys)}", entry.Name, "gate");
            return null;
        }

        var fields = new YamlFields(map, $"The {gate.Value} gate '{entry.Name}'", faults, [.. Common, .. form.Keys], entry.Name);
        return new NodeDraft(entry, fields.Map, null)
        {
            Node = new BlueprintNode
            {
                Name = entry.Name,
                Kind = form.Kind,
                Config = form.Kind == NodeKind.Action ? new() { ["node"] = fields.Text("node", true), ["operation"] = fields.Text("operation", true) } : [],
                Gate = Spec(form.Kind, fields, entry.Name),
                Was = fields.Text("was"),
                Title = fields.Text("title"),
            },
            After = NodeReader.AfterOf(fields, source),
        };
    }

    private GateSpec? Spec(NodeKind kind, YamlFields fields, string node) => kind switch
    {
        NodeKind.Approval => new GateSpec { By = fields.Choice("by", ["vendor", "customer", "both"], true), Deadline = fields.Duration("deadline") },
        NodeKind.Wait => new GateSpec { Duration = fields.Duration("duration", true) },
        NodeKind.Window => new GateSpec { Cron = Cron(fields, node), WindowDuration = fields.Duration("duration", true) },
        _ => null,
    };

    private string? Cron(YamlFields fields, string node)
    {
        if (fields.Scalar("cron", true) is not { } cron) return null;
        if (CronExpression.TryParse(cron.Value, out _)) return cron.Value;
        faults.Add(FaultCodes.BadCron, cron, $"'{cron.Value}' is no cron expression; write five fields, minute hour day month weekday, like \"0 3 * * 6\" for Saturdays at three (UTC).", node, "cron");
        return null;
    }
}
