using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Collects faults with their place, so that an author gets all of them at once.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    public bool Any => _faults.Count > 0;

    public int Count => _faults.Count;

    public void Add(string code, YamlNode at, string message, string? node = null, string? field = null) =>
        _faults.Add(new Fault(code, at.File, at.Line, at.Column, message, node, field));

    public void Add(Fault fault) => _faults.Add(fault);

    /// <summary>In reading order, each once: two checks may see the same mistake.</summary>
    public IReadOnlyList<Fault> ToList() =>
        [.. _faults.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)];
}
