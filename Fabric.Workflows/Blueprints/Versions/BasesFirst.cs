namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>The order in which texts that extend each other are taken.</summary>
public static class BasesFirst
{
    /// <summary>Each after the base it extends, else by name. Those that extend each other in a circle come as they are met: the compiler says so.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Order(IReadOnlyDictionary<string, string> texts)
    {
        var order = new List<KeyValuePair<string, string>>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in texts.Keys.Order(StringComparer.Ordinal))
            Take(name);
        return order;

        void Take(string name)
        {
            if (!texts.TryGetValue(name, out var text) || !met.Add(name))
                return;
            if (BaseOf(text) is { } parent)
                Take(parent);
            order.Add(new(name, text));
        }
    }

    /// <summary>The name of the blueprint a text extends; null when it extends none or cannot be read.</summary>
    public static string? BaseOf(string text) => BlueprintText.Parse(text).Text?.At("spec", "extends")?.ToString();
}
