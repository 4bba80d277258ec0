using System.Reflection;
using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// A database opened for one tenant or for all. The filter is put on every table whose row is <see cref="ITenantOwned"/>, so a new
/// table cannot forget it.
/// </summary>
public abstract class ScopedDb : DbContext
{
    /// <summary>Name of the one query filter.</summary>
    internal const string TenantFilter = "tenant";

    private static readonly MethodInfo AddFilter =
        typeof(ScopedDb).GetMethod(nameof(FilterByTenant), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly string? tenant;

    /// <summary>Opens for the rows of <paramref name="scope"/>.</summary>
    protected ScopedDb(DbContextOptions options, TenantScope scope)
        : base(options)
    {
        tenant = scope.Tenant;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    /// <summary>The tenant whose rows are seen; null for every tenant's.</summary>
    protected string? Tenant => tenant;

    /// <summary>Stores times and ids in the provider's own way.</summary>
    protected abstract void ConfigureTypes(ModelConfigurationBuilder configurationBuilder);

    /// <summary>Keys and indexes.</summary>
    protected abstract void ConfigureTables(ModelBuilder modelBuilder);

    /// <inheritdoc/>
    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ConfigureTypes(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        AsJson<JsonObject>(configurationBuilder);
        AsJson<IReadOnlyList<string>>(configurationBuilder);
        AsJson<IReadOnlyList<ValueChange>>(configurationBuilder);
        AsJson<IReadOnlyList<FieldChange>>(configurationBuilder);
        AsJson<StepPlan>(configurationBuilder);
    }

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ConfigureTables(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList())
            AddFilter.MakeGenericMethod(type.ClrType).Invoke(this, [modelBuilder]);
        SnakeCase.Apply(modelBuilder.Model);
    }

    private static void AsJson<T>(ModelConfigurationBuilder configurationBuilder)
        where T : class =>
        configurationBuilder.Properties<T>().HaveConversion<JsonText<T>, JsonTextComparer<T>>();

    private void FilterByTenant<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned =>
        modelBuilder.Entity<T>().HasQueryFilter(TenantFilter, row => tenant == null || row.Tenant == tenant);
}
