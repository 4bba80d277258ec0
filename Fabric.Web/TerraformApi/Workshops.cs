using System.Collections.Concurrent;
using Fabric.Web.Hosting;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Microsoft.Extensions.Options;

namespace Fabric.Web.TerraformApi;

/// <summary>Terraform's work in every cell that is open here.</summary>
internal sealed class Workshops(
    FabricStorage storage, IOptions<TerraformOptions> options, StorageOptions storageOptions, ServerAddress address, ICloudAccess clouds, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Workshop>> shops = new(StringComparer.Ordinal);
    private readonly Places places = new(options.Value, time);

    /// <summary>The work of a cell.</summary>
    public Workshop Of(Cell cell) => shops.GetOrAdd(cell.Slug, _ => new Lazy<Workshop>(() => Make(cell))).Value;

    /// <summary>The work of a cell by its slug; null when no such cell is open here.</summary>
    public Workshop? Find(string cell) => storage.Cells.Slugs.Contains(cell) ? Of(storage.Cells.Get(cell)) : null;

    private Workshop Make(Cell cell)
    {
        var root = Path.GetFullPath(options.Value.Directory.Length > 0 ? options.Value.Directory : Path.Combine(storageOptions.Data, "terraform"));
        return new Workshop(cell, options.Value, root, workspace => Address() is { } at ? $"{at}/terraform/v1/{cell.Slug}/{workspace:D}" : null, places, clouds, time);
    }

    private string? Address() => options.Value.StateAddress.Length > 0 ? options.Value.StateAddress.TrimEnd('/') : address.Loopback?.TrimEnd('/');
}
