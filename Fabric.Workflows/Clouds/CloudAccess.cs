using System.Security.Cryptography;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Clouds;

/// <summary>Finds the account of an environment among those of its own tenant in its own cell, and asks that account's cloud.</summary>
public sealed class CloudAccess(CellRegistry cells, CloudCatalog clouds) : ICloudAccess
{
    /// <inheritdoc/>
    public async Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken)
    {
        var found = await AccountAsync(environment, cancellationToken);
        return found.Succeeded
            ? await found.Value.Cloud.OpenAsync(found.Value.Account, environment.Region, purpose, cancellationToken)
            : found.Cast<CloudSession>();
    }

    /// <inheritdoc/>
    public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        // Nothing to look for would be everything in the account.
        ArgumentOutOfRangeException.ThrowIfZero(tags.Count, nameof(tags));
        return AskAsync(environment, "fabric-find", (cloud, session) => cloud.FindAsync(session, environment.Region, tags, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(FabricEnvironment environment, string networkId, CancellationToken cancellationToken) =>
        AskAsync(environment, "fabric-network", (cloud, session) => cloud.InNetworkAsync(session, environment.Region, networkId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<bool>> RemoveAsync(FabricEnvironment environment, CloudResource resource, CancellationToken cancellationToken) =>
        AskAsync(environment, "fabric-remove", (cloud, session) => cloud.RemoveAsync(session, environment.Region, resource, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<string>> StartBootstrapAsync(FabricEnvironment environment, string cluster, Func<Task<string>> manifest, Guid key, CancellationToken cancellationToken) => AskAsync(
        environment,
        "fabric-bootstrap",
        (cloud, session) => cloud.Bootstrap?.StartAsync(session, environment.Region, cluster, OwnerTags.Of(environment), manifest, key, cancellationToken) ?? Task.FromResult<Outcome<string>>(CloudFaults.WithoutBootstrap(cluster)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<BootstrapState>> LookAtBootstrapAsync(FabricEnvironment environment, string run, CancellationToken cancellationToken) => AskAsync(
        environment,
        "fabric-bootstrap",
        (cloud, session) => cloud.Bootstrap?.LookAsync(session, environment.Region, run, cancellationToken) ?? Task.FromResult<Outcome<BootstrapState>>(CloudFaults.WithoutBootstrap(run)),
        cancellationToken);

    private async Task<Outcome<T>> AskAsync<T>(
        FabricEnvironment environment, string purpose, Func<ICloud, CloudSession, Task<Outcome<T>>> ask, CancellationToken cancellationToken)
    {
        var found = await AccountAsync(environment, cancellationToken);
        if (!found.Succeeded)
            return found.Cast<T>();
        var session = await found.Value.Cloud.OpenAsync(found.Value.Account, environment.Region, purpose, cancellationToken);
        return session.Succeeded ? await ask(found.Value.Cloud, session.Value) : session.Cast<T>();
    }

    private async Task<Outcome<(ICloud Cloud, OpenedAccount Account)>> AccountAsync(FabricEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.AccountId is not { } id)
            return CloudFaults.Missing($"Environment {environment.Name} has no cloud account: it was created on {environment.Cloud} without one. Create it anew with one.");
        if (cells.Find(environment.Cell) is not { } cell)
            return new OperationFault(FaultKind.Unavailable, "CellUnreachable", $"Cell {environment.Cell} cannot be reached now, and the cloud account of {environment.Name} is in it. Try again later.");
        var row = await cell.ReadAsync(TenantScope.Of(environment.Tenant), db => db.CloudAccounts.SingleOrDefaultAsync(account => account.Id == id, cancellationToken));
        if (row is null)
            return CloudFaults.Missing($"The cloud account of environment {environment.Name} is gone. Connect it again and create the environment anew.");
        if (row.Cloud != environment.Cloud || clouds.Find(row.Cloud) is not { } cloud)
            return CloudFaults.Missing($"Environment {environment.Name} is on {environment.Cloud}, and its cloud account {row.Name} is one of {row.Cloud}.");
        if (cloud.RegionFault(environment.Region) is { } fault)
            return fault;
        try
        {
            var account = row.Open(cell.Keys);
            return cloud.Check(row, account.Secret) is [var incomplete, ..]
                ? CloudFaults.Missing($"The sign-in of cloud account {row.Name} is not complete. {incomplete.Message}")
                : (cloud, account);
        }
        catch (CryptographicException)
        {
            return CloudFaults.Missing($"The credential of cloud account {row.Name} cannot be opened: it was sealed by other keys. Enter the account's sign-in again.");
        }
    }
}
