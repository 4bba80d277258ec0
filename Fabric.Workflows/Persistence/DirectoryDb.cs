using Fabric.Workflows.Audit;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// Who there is, and what lives where. Written through <see cref="DirectoryStore"/>, which puts the audit event in the
/// same commit.
/// </summary>
public abstract class DirectoryDb(DbContextOptions options, TenantScope scope) : ScopedDb(options, scope)
{
    /// <summary>Tenants; a scope of one tenant sees that one.</summary>
    public DbSet<TenantRecord> Tenants => Set<TenantRecord>();

    /// <summary>Members of tenants.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Cells.</summary>
    public DbSet<CellRecord> Cells => Set<CellRecord>();

    /// <summary>Where environments live.</summary>
    public DbSet<EnvironmentPlace> EnvironmentPlaces => Set<EnvironmentPlace>();

    /// <summary>Drafts.</summary>
    public DbSet<BlueprintRecord> Blueprints => Set<BlueprintRecord>();

    /// <summary>What was done to drafts, for undo and redo.</summary>
    public DbSet<DraftStep> DraftSteps => Set<DraftStep>();

    /// <summary>Published versions.</summary>
    public DbSet<BlueprintVersionRecord> BlueprintVersions => Set<BlueprintVersionRecord>();

    /// <summary>API tokens.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>The directory's audit chain.</summary>
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    /// <summary>Answers to writes that can be repeated.</summary>
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    /// <summary>Head of the audit chain.</summary>
    internal DbSet<DirectoryHead> DirectoryHeads => Set<DirectoryHead>();

    /// <summary>Locks the head for the rest of the transaction and reads it.</summary>
    internal abstract Task<DirectoryHead> LockHeadAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override void ConfigureTables(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TenantRecord>(row =>
        {
            row.HasKey(t => t.Slug);
            row.HasQueryFilter(TenantFilter, t => Tenant == null || t.Slug == Tenant);
        });
        modelBuilder.Entity<Member>(row =>
        {
            row.HasKey(m => new { m.Tenant, m.Subject });
            row.HasIndex(m => m.Subject);
        });
        modelBuilder.Entity<CellRecord>().HasKey(c => c.Slug);
        modelBuilder.Entity<EnvironmentPlace>(row =>
        {
            row.HasKey(p => p.Id);
            row.HasIndex(p => new { p.Tenant, p.Name }).IsUnique().HasFilter("state <> 'Released'");
            row.HasIndex(p => p.State);
        });
        modelBuilder.Entity<BlueprintRecord>().HasKey(b => b.Name);
        modelBuilder.Entity<DraftStep>().HasKey(s => new { s.Name, s.Number });
        modelBuilder.Entity<BlueprintVersionRecord>(row =>
        {
            row.HasKey(b => new { b.Name, b.Version });
            // A version written by a server that knows no stages is published.
            row.Property(b => b.Stage).HasDefaultValue(VersionStage.Published);
            row.Property(b => b.StageReason).HasDefaultValue("");
        });
        modelBuilder.Entity<ApiToken>(row =>
        {
            row.HasKey(t => t.Id);
            row.HasIndex(t => t.Hash).IsUnique();
            row.HasIndex(t => t.Tenant);
        });
        modelBuilder.Entity<AuditEvent>(row =>
        {
            row.HasKey(a => a.Sequence);
            row.Property(a => a.Sequence).ValueGeneratedNever();
            row.HasIndex(a => new { a.Tenant, a.Sequence });
        });
        modelBuilder.Entity<IdempotencyKey>(row =>
        {
            row.HasKey(k => new { k.Tenant, k.ActorId, k.Key });
            row.HasIndex(k => k.CreatedAt);
        });
        modelBuilder.Entity<DirectoryHead>(row =>
        {
            row.Property(h => h.Id).ValueGeneratedNever();
            row.HasData(new DirectoryHead());
        });
    }
}
