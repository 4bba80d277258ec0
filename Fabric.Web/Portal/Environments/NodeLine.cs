using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>The small line under a node's name: what is happening, else what matters of what stands.</summary>
public static class NodeLine
{
    private static readonly string[] Telling = ["version", "replicas", "region", "size", "instanceType", "cidr"];

    /// <summary>The line.</summary>
    public static string Of(GraphNode node, Entity? entity, Step? step)
    {
        if (step is { Message.Length: > 0 })
            return step.Message;
        if (step is { ProgressTotal: > 0 } && step.State.IsInFlight())
            return $"{step.ProgressDone} of {step.ProgressTotal}";
        if (entity is { Message.Length: > 0, State: EntityState.Failed or EntityState.Degraded })
            return entity.Message;
        var facts = Facts(entity?.Config);
        return facts.Length > 0 ? facts : node.Type ?? Gate(node.Kind);
    }

    private static string Facts(JsonObject? config)
    {
        var said = from name in Telling
                   let value = config?[name] as JsonValue
                   where value is not null
                   select name is "replicas" ? $"{value} replicas" : value.ToString();
        return string.Join(" · ", said.Take(2));
    }

    private static string Gate(StepKind kind) => kind switch
    {
        StepKind.Approval => "asks for a yes",
        StepKind.Wait => "waits",
        StepKind.Window => "waits for its window",
        _ => "",
    };
}
