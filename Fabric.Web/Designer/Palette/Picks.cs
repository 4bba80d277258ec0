using Fabric.Web.Controls;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Web.Designer.Palette;

/// <summary>The questions of the designer: what to add, where to connect, what to find.</summary>
internal static class Picks
{
    public static PickRequest Add(DesignerModel model, double x, double y) =>
        new("Add to the canvas", Types(model.Palette), key => model.AddAsync(key, x, y));

    public static PickRequest AddBetween(DesignerModel model, double x, double y, string from, string to) =>
        new($"Add between {from} and {to}", Types(model.Palette), key => model.AddBetweenAsync(key, x, y, from, to));

    /// <summary>Types with a setting that takes the output stand first; the others would only wait.</summary>
    public static PickRequest AddConnected(DesignerModel model, double x, double y, string from, string? output)
    {
        var fitting = output is null ? [] : model.Palette.Where(item => Fits(model, item, from, output)).ToList();
        return new PickRequest(
            output is null ? $"Add after {from}" : $"Add and connect {from}.{output}",
            Types(fitting.Count > 0 ? fitting : model.Palette),
            key => model.AddConnectedAsync(key, x, y, from, output));
    }

    /// <summary>First what of the node is given, then where it goes.</summary>
    public static PickRequest Connect(DesignerModel model, string from) => new(
        $"Connect from {from}",
        [
            new PickItem("", "then", "Another node only waits for this one", ""),
            .. BindingChoices.OutputsOf(model.Draft, from).Select(output => new PickItem(output, output, $"Output of {from}", "")),
        ],
        output =>
        {
            model.Ask(output.Length == 0 ? After(model, from) : Into(model, from, output));
            return Task.CompletedTask;
        });

    /// <summary>All that can be done with a node.</summary>
    public static PickRequest Menu(DesignerModel model, string node)
    {
        var noOp = model.Session.Canvas?.Nodes.FirstOrDefault(card => card.Name == node) is { NoOp: true };
        return new PickRequest(
            node,
            [
                new("edit", "Edit its settings", "Enter", ""), new("connect", "Connect it", "c", ""), new("duplicate", "Duplicate", "Ctrl D", ""),
                new("noop", noOp ? "Execute it again" : "Flag it no-op", "Its outputs are adopted", ""), new("remove", "Remove", "Delete", ""),
            ],
            async key =>
            {
                switch (key)
                {
                    case "edit": model.Open(node); break;
                    case "connect": model.Ask(Connect(model, node)); break;
                    case "duplicate": await model.PasteAsync(Clipboard.Copy(model.Draft, [node])); break;
                    case "noop": await model.DoAsync(new SetNoOp(node, !noOp)); break;
                    default: await model.DoAsync(new RemoveNodes([node])); break;
                }
            });
    }

    public static PickRequest Find(DesignerModel model) => new(
        "Go to a node",
        [.. (model.Session.Canvas?.Nodes ?? []).Select(node => new PickItem(node.Name, node.Name, node.Title ?? node.TypeTitle ?? node.Kind, TypeIcons.Of(node.Kind == "entity" ? node.Icon : node.Kind)))],
        node =>
        {
            model.Show(node);
            return Task.CompletedTask;
        });

    private static PickRequest After(DesignerModel model, string from) => new(
        $"What waits for {from}?",
        [.. BindingChoices.MayFollow(model.Draft, from).Select(node => new PickItem(node, node, "", ""))],
        node => ConnectAsync(model, new Connect(from, null, node, null)));

    private static PickRequest Into(DesignerModel model, string from, string output) => new(
        $"Where does {from}.{output} go?",
        [.. Ports.FittingInputs(model.Draft, from, output).Select(fit => new PickItem($"{fit.Node} {fit.Input}", $"{fit.Node}.{fit.Input}", "", ""))],
        key => ConnectAsync(model, new Connect(from, output, key.Split(' ')[0], key.Split(' ')[1])));

    // The keyboard goes on where it was.
    private static async Task ConnectAsync(DesignerModel model, Connect edge)
    {
        await model.DoAsync(edge);
        model.Show(edge.From);
    }

    private static bool Fits(DesignerModel model, PaletteItem item, string from, string output)
    {
        var name = NodeNames.Free(model.Draft, item.NodeName);
        return item.Type is not null && new AddNode(name, item.NewNode(model.Draft), 0, 0).Apply(model.Draft).Text is { } text
            && Ports.FittingInputs(model.Draft.With(text), from, output).Any(fit => fit.Node == name);
    }

    private static IReadOnlyList<PickItem> Types(IEnumerable<PaletteItem> items) => [.. items.Select(item => new PickItem(item.Key, item.Title, item.Detail, item.Icon))];
}
