using Fabric.Tests.Storage;

namespace Fabric.Tests.AgentApi;

/// <summary>Who is told of an environment's news when an agent that was replaced speaks late.</summary>
public sealed class SignalsOfReplacedAgents : IAsyncLifetime
{
    private readonly Guid first = Rows.NewId();
    private readonly Guid second = Rows.NewId();
    private readonly Guid environment = Rows.NewId();
    private AgentBed bed = null!;

    public async ValueTask InitializeAsync() => bed = await AgentBed.OpenAsync();

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public void Who_speaks_late_does_not_take_the_place_of_the_one_that_serves_and_both_read_again()
    {
        Assert.True(bed.Signals.Serves(second, [environment]));
        Assert.False(bed.Signals.Serves(second, [environment]));
        var waits = bed.Signals.Next(second);

        Assert.True(bed.Signals.Serves(first, [environment]), "The one that was replaced reads again.");
        Assert.True(waits.IsCompleted, "The one that serves reads again.");
        Assert.True(bed.Signals.Serves(second, [environment]));
        Assert.False(bed.Signals.Serves(second, [environment]));
    }
}
