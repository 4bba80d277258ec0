using System.Text.Json.Nodes;
using Fabric.Agent;
using Fabric.Agent.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Agent;

/// <summary>Whoever cannot renew the lease stops before another may take it.</summary>
public sealed class LeaseGuardTests
{
    private readonly FakeTimeProvider time = new();
    private readonly AgentTimeouts timeouts = new(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
    private readonly LeaseOnly cluster = new();

    [Fact]
    public async Task Work_ends_at_the_renew_deadline_although_the_API_server_does_not_answer()
    {
        using var stop = new CancellationTokenSource();
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource<TimeSpan>());
        var start = time.GetTimestamp();
        var guard = new LeaseGuard(cluster, "fabric-agent", timeouts, time, NullLogger<LeaseGuard>.Instance);
        var running = guard.RunAsync(async held =>
        {
            began.SetResult();
            await using var end = held.Register(() => ended.SetResult(time.GetElapsedTime(start)));
            await Task.Delay(Timeout.InfiniteTimeSpan, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }, stop.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        cluster.Hangs = true;
        time.Advance(timeouts.LeaseRetry);
        await cluster.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        time.Advance(timeouts.LeaseRenewDeadline - timeouts.LeaseRetry);
        Assert.Equal(timeouts.LeaseRenewDeadline, await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        cluster.Answers.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    /// <summary>An API server that knows one Lease, and may stop answering.</summary>
    private sealed class LeaseOnly : ICluster
    {
        private JsonObject? lease;
        private int version;

        public volatile bool Hangs;

        /// <summary>Completes when it is asked something that it does not answer.</summary>
        public TaskCompletionSource Asked { get; } = new();

        /// <summary>Ends the silence.</summary>
        public TaskCompletionSource Answers { get; } = new();

        public async Task<ClusterReply> GetAsync(ObjectKey key, CancellationToken ct)
        {
            if (Hangs)
            {
                Asked.TrySetResult();
                await Answers.Task.WaitAsync(ct);
            }

            return lease is null ? new(404, null) : new(200, lease.DeepClone().AsObject());
        }

        public Task<ClusterReply> CreateAsync(ObjectKey key, JsonObject body, CancellationToken ct) => Task.FromResult(Store(body));

        public Task<ClusterReply> ReplaceAsync(ObjectKey key, JsonObject body, CancellationToken ct) => Task.FromResult(Store(body));

        public Task<ClusterReply> PatchAsync(ObjectKey key, JsonNode patch, bool strategic, WriteOptions options, CancellationToken ct) => Task.FromResult(new ClusterReply(200, lease));

        public Task<KindAnswer> FindKindAsync(string apiVersion, string kind, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> ListAsync(string apiVersion, string kind, string? ns, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> ApplyAsync(ObjectKey key, JsonObject body, WriteOptions options, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> PatchStatusAsync(ObjectKey key, JsonObject patch, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> DeleteAsync(ObjectKey key, string? uid, WriteOptions options, CancellationToken ct) => throw new NotSupportedException();

        public Task<string> VersionAsync(CancellationToken ct) => throw new NotSupportedException();

        private ClusterReply Store(JsonObject body)
        {
            lease = body.DeepClone().AsObject();
            lease["metadata"]!["resourceVersion"] = (++version).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new(200, lease.DeepClone().AsObject());
        }
    }
}
