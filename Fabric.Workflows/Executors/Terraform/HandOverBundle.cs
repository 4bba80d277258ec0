using System.IO.Compression;
using System.Text;
using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>What an owner goes on with after Fabric: a folder per entity that Terraform plans no change in.</summary>
public sealed class HandOverBundle(Workshop shop)
{
    private const string StateFile = "terraform.tfstate";
    private const string Guide = "README.md";

    /// <summary>The archive: a folder with module, values and state of each entity that was let go.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="entities">Its entities; those that were not let go are left out.</param>
    /// <param name="ct">Stops reading.</param>
    /// <returns>A ZIP archive; null when nothing of it stands by itself.</returns>
    public async Task<byte[]?> PackAsync(FabricEnvironment environment, IReadOnlyList<Entity> entities, CancellationToken ct)
    {
        using var packed = new MemoryStream();
        var folders = new List<string>();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entity in entities.Where(Holds).OrderBy(entity => entity.Node, StringComparer.Ordinal))
            {
                if (await shop.States.ReadAsync(entity.Id, ct) is not { } state || await shop.Plans.LastAppliedAsync(entity.Id, ct) is not { } workspace)
                    continue;
                folders.Add(entity.Node);
                Add(zip, $"{entity.Node}/{StateFile}", state);
                foreach (var (path, content) in Workspaces.OwnersFiles(workspace))
                    Add(zip, $"{entity.Node}/{path}", content);
            }

            if (folders.Count > 0)
                Add(zip, Guide, Encoding.UTF8.GetBytes(GuideOf(environment, folders)));
        }

        return folders.Count > 0 ? packed.ToArray() : null;
    }

    /// <summary>Whether an entity was let go, so that its owner can take along what Terraform goes on with.</summary>
    public static bool Holds(Entity entity) => entity is { Executor: ExecutorNames.Terraform, State: EntityState.HandedOver or EntityState.Abandoned };

    private static void Add(ZipArchive zip, string path, byte[] content)
    {
        using var entry = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
        entry.Write(content);
    }

    private static string GuideOf(FabricEnvironment environment, List<string> folders) => $"""
        # {environment.Name}

        What Fabric made for this environment in {environment.Cloud} / {environment.Region} and looks after no more. Each folder is a Terraform
        workspace with its module, the values it was applied with and its state: {string.Join(", ", folders)}.

        To go on with one of them, sign in to the account as you do for Terraform and, in its folder:

            terraform init
            terraform plan

        The plan shows no change when the last change succeeded and nothing was changed by hand. The states hold secrets in clear: keep this archive as you keep
        passwords, and put the states into a backend of your own before others work with them.

        """;
}
