using Fabric.Agent.Connection;
using Fabric.Protocol.Reports;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Agent;

public sealed class ReportQueueTests
{
    private static readonly Guid Entity = Guid.Parse("01900000-0000-7000-8000-000000000002");
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void The_newest_report_per_entity_waits_and_a_repeat_says_nothing()
    {
        var queue = new ReportQueue(time);
        queue.Publish(Report(ReportStatus.Applying));
        queue.Publish(Report(ReportStatus.Healthy));
        queue.Publish(Report(ReportStatus.Healthy));
        var waiting = Assert.Single(queue.Peek());
        Assert.Equal(ReportStatus.Healthy, waiting.Status);
        queue.Acknowledge([waiting]);
        queue.Publish(Report(ReportStatus.Healthy));
        Assert.Empty(queue.Peek());
    }

    [Fact]
    public void Drift_is_kept_until_acknowledged_however_many_reports_follow()
    {
        var queue = new ReportQueue(time);
        queue.Publish(Report(ReportStatus.Degraded, "Deployment/a"));
        var first = queue.Peek();
        queue.Publish(Report(ReportStatus.Healthy, "Deployment/b"));
        Assert.Equal(["Deployment/a", "Deployment/b"], Assert.Single(queue.Peek()).Drift.Select(d => d.Object));
        queue.Acknowledge(first);
        Assert.Equal(["Deployment/b"], Assert.Single(queue.Peek()).Drift.Select(d => d.Object));
    }

    [Fact]
    public void Sequences_ascend_and_everything_known_can_be_said_again()
    {
        var queue = new ReportQueue(time);
        queue.Publish(Report(ReportStatus.Applying));
        var first = queue.Peek()[0].Sequence;
        queue.Publish(Report(ReportStatus.Healthy));
        Assert.True(queue.Peek()[0].Sequence > first);
        queue.Acknowledge(queue.Peek());
        queue.RepublishAll();
        Assert.Equal(ReportStatus.Healthy, Assert.Single(queue.Peek()).Status);
    }

    private Report Report(ReportStatus status, string? drift = null) => new()
    {
        EntityId = Entity, Generation = 1, Sequence = 0, Status = status, ObservedAt = time.GetUtcNow(),
        Drift = drift is null ? [] : [new() { Object = drift, Fields = ["x"], RepairedAt = time.GetUtcNow() }],
    };
}
