using System.Collections.Concurrent;

namespace Fabric.Workflows.Blueprints;

/// <param name="Texts">File name without extension to text, as they stand on the disk.</param>
/// <param name="Results">The same names to what compiling gave.</param>
public sealed record BlueprintLoad(IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, CompileResult> Results)
{
    /// <summary>All faults of all files.</summary>
    public IReadOnlyList<Fault> Faults => [.. Results.OrderBy(r => r.Key, StringComparer.Ordinal).SelectMany(r => r.Value.Faults).Distinct()];
}

/// <summary>Loads a folder of blueprints, each of which may extend another of them.</summary>
public static class BlueprintFolder
{
    /// <summary>The folder of the blueprints that come with the product.</summary>
    public static string BuiltIn => Path.Combine(AppContext.BaseDirectory, "catalog", "blueprints");

    /// <summary>Every <c>*.yaml</c> in the folder, as drafts.</summary>
    public static BlueprintLoad Load(string folder, BlueprintCompiler compiler) => Load(
        Directory.EnumerateFiles(folder, "*.yaml").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText, StringComparer.Ordinal), compiler);

    /// <summary>Compiles texts that may extend each other, on all processors.</summary>
    public static BlueprintLoad Load(IReadOnlyDictionary<string, string> texts, BlueprintCompiler compiler)
    {
        var results = new ConcurrentDictionary<string, CompileResult>(StringComparer.Ordinal);
        Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, text => results[text.Key] = compiler.Compile(text.Value, $"{text.Key}.yaml", 0, texts.GetValueOrDefault));
        return new BlueprintLoad(texts, results);
    }
}
