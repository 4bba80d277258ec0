using Fabric.Workflows.Audit;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// Everything about the environments of one cell, for reading. Rows are written through the cell's journal alone, which gives them
/// sequences and guards them with epochs; saving here throws.
/// </summary>
public abstract class CellDb(DbContextOptions options, TenantScope scope) : ScopedDb(options, scope)
{
    /// <summary>Environments.</summary>
    public DbSet<FabricEnvironment> Environments => Set<FabricEnvironment>();

    /// <summary>Desired sides of environments.</summary>
    public DbSet<Generation> Generations => Set<Generation>();

    /// <summary>Entities.</summary>
    public DbSet<Entity> Entities => Set<Entity>();

    /// <summary>Configuration revisions.</summary>
    public DbSet<Revision> Revisions => Set<Revision>();

    /// <summary>Runs.</summary>
    public DbSet<Run> Runs => Set<Run>();

    /// <summary>Steps of runs.</summary>
    public DbSet<Step> Steps => Set<Step>();

    /// <summary>Journal of runs.</summary>
    public DbSet<RunEvent> RunEvents => Set<RunEvent>();

    /// <summary>Approvals.</summary>
    public DbSet<Approval> Approvals => Set<Approval>();

    /// <summary>Enrolled agents.</summary>
    public DbSet<AgentRecord> Agents => Set<AgentRecord>();

    /// <summary>One-time rights to enrol.</summary>
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();

    /// <summary>Which agent serves which environment.</summary>
    public DbSet<AgentBinding> AgentBindings => Set<AgentBinding>();

    /// <summary>Desired state for agents.</summary>
    public DbSet<Intent> Intents => Set<Intent>();

    /// <summary>Newest report per entity.</summary>
    public DbSet<IntentReport> IntentReports => Set<IntentReport>();

    /// <summary>The cell's audit chain.</summary>
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    /// <summary>Blueprint versions in use.</summary>
    public DbSet<CellBlueprint> CellBlueprints => Set<CellBlueprint>();

    /// <summary>Entity-type versions in use.</summary>
    public DbSet<CellEntityType> CellEntityTypes => Set<CellEntityType>();

    /// <summary>Answers to writes that can be repeated.</summary>
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    /// <summary>Sealed secrets.</summary>
    public DbSet<SecretRecord> Secrets => Set<SecretRecord>();

    /// <summary>Connected cloud accounts.</summary>
    public DbSet<CloudAccount> CloudAccounts => Set<CloudAccount>();

    /// <summary>Rights to do work outside.</summary>
    public DbSet<Lease> Leases => Set<Lease>();

    /// <summary>Terraform plans that wait or were used.</summary>
    public DbSet<KeptPlan> KeptPlans => Set<KeptPlan>();

    /// <summary>Versions of Terraform states.</summary>
    public DbSet<StateVersion> StateVersions => Set<StateVersion>();

    /// <summary>Their texts.</summary>
    public DbSet<StateBody> StateBodies => Set<StateBody>();

    /// <summary>Terraform's locks.</summary>
    public DbSet<StateLock> StateLocks => Set<StateLock>();

    /// <summary>What stands otherwise than it was deployed.</summary>
    public DbSet<DriftFinding> DriftFindings => Set<DriftFinding>();

    /// <summary>Attributes whose difference is no finding.</summary>
    public DbSet<DriftMute> DriftMutes => Set<DriftMute>();

    /// <summary>What tools printed.</summary>
    public DbSet<StepLog> StepLogs => Set<StepLog>();

    /// <summary>What the cell is.</summary>
    public DbSet<CellMeta> CellMeta => Set<CellMeta>();

    /// <summary>Heads of the sequences.</summary>
    public DbSet<CellHeads> CellHeads => Set<CellHeads>();

    /// <summary>Always throws: rows of a cell are written through its journal.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    /// <summary>Always throws: rows of a cell are written through its journal.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw ReadOnly();

    /// <inheritdoc/>
    protected sealed override void ConfigureTables(ModelBuilder modelBuilder)
    {
        ConfigureEnvironments(modelBuilder);
        ConfigureRuns(modelBuilder);
        ConfigureFleet(modelBuilder);
        ConfigureTerraform(modelBuilder);
        ConfigureCell(modelBuilder);
        KeepWhatNeverChanges(modelBuilder);
    }

    private static InvalidOperationException ReadOnly() => new("Rows of a cell are written through its journal.");

    private static void ConfigureEnvironments(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<FabricEnvironment>(row =>
        {
            row.HasKey(e => e.Id);
            row.HasIndex(e => new { e.Tenant, e.Name }).IsUnique().HasFilter("state <> 'Destroyed'");
            row.HasIndex(e => e.NextLookAt);
            row.Property(e => e.Epoch).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        modelBuilder.Entity<Generation>().HasKey(g => new { g.EnvironmentId, g.Number });
        modelBuilder.Entity<Revision>().HasKey(r => new { r.EnvironmentId, r.Number });
        modelBuilder.Entity<Entity>(row =>
        {
            row.HasKey(e => e.Id);
            row.HasIndex(e => e.EnvironmentId);
        });
    }

    private static void ConfigureRuns(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Run>(row =>
        {
            row.HasKey(r => r.Id);
            row.HasIndex(r => new { r.EnvironmentId, r.Number }).IsUnique();
        });
        modelBuilder.Entity<Step>(row =>
        {
            row.HasKey(s => new { s.RunId, s.Node });
            row.HasIndex(s => s.EnvironmentId);
        });
        modelBuilder.Entity<RunEvent>(row =>
        {
            row.HasKey(e => e.Sequence);
            row.Property(e => e.Sequence).ValueGeneratedNever();
            row.HasIndex(e => new { e.RunId, e.Sequence });
            row.HasIndex(e => new { e.EnvironmentId, e.Sequence });
        });
        modelBuilder.Entity<Approval>(row =>
        {
            row.HasKey(a => a.Id);
            row.HasIndex(a => a.RunId);
        });
    }

    private static void ConfigureFleet(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AgentRecord>(row =>
        {
            row.HasKey(a => a.Id);
            row.HasIndex(a => new { a.Tenant, a.ClusterUid });
        });
        modelBuilder.Entity<Enrollment>(row =>
        {
            row.HasKey(e => e.Id);
            row.HasIndex(e => e.TokenHash).IsUnique();
            row.HasIndex(e => e.EnvironmentId);
        });
        modelBuilder.Entity<AgentBinding>(row =>
        {
            row.HasKey(b => b.EnvironmentId);
            row.HasIndex(b => b.AgentId);
        });
        modelBuilder.Entity<IntentReport>(row =>
        {
            row.HasKey(report => report.EntityId);
            row.HasIndex(report => new { report.AgentId, report.EntityId });
        });
        modelBuilder.Entity<Intent>(row =>
        {
            row.HasKey(i => i.EntityId);
            row.HasIndex(i => new { i.AgentId, i.Sequence });
            row.HasIndex(i => i.EnvironmentId);
        });
    }

    private static void ConfigureTerraform(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CloudAccount>(row =>
        {
            row.HasKey(a => a.Id);
            row.HasIndex(a => new { a.Tenant, a.Name }).IsUnique();
        });
        modelBuilder.Entity<Lease>(row =>
        {
            row.HasKey(l => l.Id);
            row.HasIndex(l => new { l.EntityId, l.EndedAt });
            row.HasIndex(l => l.RunId);
        });
        modelBuilder.Entity<KeptPlan>(row =>
        {
            row.HasKey(p => p.Id);
            row.HasIndex(p => new { p.EntityId, p.RunId });
            row.HasIndex(p => p.RunId);
        });
        modelBuilder.Entity<DriftFinding>(row =>
        {
            row.HasKey(f => f.Id);
            row.HasIndex(f => new { f.EnvironmentId, f.State });
        });
        modelBuilder.Entity<DriftMute>(row =>
        {
            row.HasKey(m => m.Id);
            row.HasIndex(m => m.EnvironmentId);
        });
        modelBuilder.Entity<StateVersion>().HasKey(v => new { v.EntityId, v.Number });
        modelBuilder.Entity<StateBody>().HasKey(v => new { v.EntityId, v.Number });
        modelBuilder.Entity<StateLock>().HasKey(l => l.EntityId);
        modelBuilder.Entity<StepLog>(row =>
        {
            row.HasKey(l => l.Id);
            row.HasIndex(l => new { l.RunId, l.Node, l.Id });
        });
    }

    private static void ConfigureCell(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AuditEvent>(row =>
        {
            row.HasKey(a => a.Sequence);
            row.Property(a => a.Sequence).ValueGeneratedNever();
            row.HasIndex(a => new { a.Tenant, a.Sequence });
            row.HasIndex(a => new { a.Subject, a.Sequence });
        });
        modelBuilder.Entity<CellBlueprint>().HasKey(b => new { b.Name, b.Version });
        modelBuilder.Entity<CellEntityType>().HasKey(t => new { t.Name, t.Version });
        modelBuilder.Entity<IdempotencyKey>(row =>
        {
            row.HasKey(k => new { k.Tenant, k.ActorId, k.Key });
            row.HasIndex(k => k.CreatedAt);
        });
        modelBuilder.Entity<SecretRecord>().HasKey(s => new { s.Tenant, s.EnvironmentId, s.Name });
        modelBuilder.Entity<CellMeta>().Property(m => m.Id).ValueGeneratedNever();
        modelBuilder.Entity<CellHeads>(row =>
        {
            row.Property(h => h.Id).ValueGeneratedNever();
            row.HasData(new CellHeads());
        });
    }

    /// <summary>What names a row's place is fixed at insert; leaving it out of updates also spares its indexes.</summary>
    private static void KeepWhatNeverChanges(ModelBuilder modelBuilder)
    {
        string[] names = [nameof(ITenantOwned.Tenant), nameof(Step.EnvironmentId), nameof(Run.Number), nameof(Run.CreatedAt)];
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => names.Contains(p.Name) && !p.IsKey()))
            property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}
