using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>One way in which a resource is opened to everybody.</summary>
/// <param name="Types">Types of resource; a star stands for anything.</param>
/// <param name="Paths">The attributes that decide, such as <c>ingress[*].cidr_blocks[*]</c>.</param>
/// <param name="IsOpen">Whether a value of one of them opens; null when it cannot be read.</param>
/// <param name="What">What it does, behind the resource's name.</param>
internal sealed record Opening(string[] Types, string[] Paths, Func<JsonNode, bool?> IsOpen, string What)
{
    /// <summary>What stands beside the attribute and keeps it closed all the same; a star is any value.</summary>
    public (string Path, string Value)[] Unless { get; init; } = [];

    /// <summary>Another resource of the same plan that keeps it closed.</summary>
    public (string Type, string Path, string Value)? UnlessBeside { get; init; }

    /// <summary>Whether it is open when the module says nothing of the attribute.</summary>
    public bool WhenLeftOut { get; init; }

    /// <summary>Whether it is about such resources.</summary>
    public bool IsOf(string type) => Types.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, type, ignoreCase: false));

    /// <summary>Whether it is open at a place; null when that cannot be told, with the place that would tell.</summary>
    public (bool? IsOpen, PlannedPlace Decides) Judge(PlannedPlace place)
    {
        var open = place.IsUnknown ? null : place.IsLeftOut ? WhenLeftOut : IsOpen(place.Value!);
        if (open is false)
            return (false, place);
        var decides = place;
        foreach (var (path, value) in Unless)
        {
            foreach (var beside in place.Around.Find(path))
            {
                if (beside.IsUnknown)
                    (open, decides) = (null, beside);
                else if (!beside.IsLeftOut && (value == "*" || Text(beside.Value!).Equals(value, StringComparison.OrdinalIgnoreCase)))
                    return (false, beside);
            }
        }

        return (open, decides);
    }

    /// <summary>A value as Terraform writes it.</summary>
    public static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };
}
