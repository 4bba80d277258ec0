using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>
/// One public cloud. Everything that fails on the cloud's side comes back as a fault whose sentence Fabric wrote itself: what a cloud or
/// its SDK says may repeat a credential, so it reaches nobody.
/// </summary>
public interface ICloud
{
    /// <summary><c>aws</c>, <c>azure</c> or <c>google</c>.</summary>
    string Name { get; }

    /// <summary>What it calls itself and its accounts.</summary>
    CloudWords Words { get; }

    /// <summary>The ways of signing in, the best first.</summary>
    IReadOnlyList<SignInKind> SignIns { get; }

    /// <summary>How a cluster that Fabric made here gets its agent; null where a person applies the manifest.</summary>
    IAgentBootstrap? Bootstrap => null;

    /// <summary>What is wrong with the region's name; null when such a region can be.</summary>
    OperationFault? RegionFault(string region);

    /// <summary>What a row has before anybody entered anything: the values that Fabric itself gives.</summary>
    /// <param name="account">The cloud's id of the account.</param>
    IReadOnlyDictionary<string, string> Given(string account);

    /// <summary>Everything that is wrong with what was entered, each with its field; nothing is asked of the cloud.</summary>
    /// <param name="account">The row with the entered account and sign-in.</param>
    /// <param name="secret">The long-lived credential; null when none was given.</param>
    IReadOnlyList<OperationFault> Check(CloudAccount account, string? secret);

    /// <summary>What the customer must make in the account so that Fabric can sign in that way.</summary>
    CloudSetup Setup(CloudAccount account, SignInKind kind);

    /// <summary>Signs in.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">Region that the session is for.</param>
    /// <param name="purpose">What for, in the words of the cloud's own audit log: a slug of at most 64 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A session of that very account, or a fault.</returns>
    Task<Outcome<CloudSession>> OpenAsync(OpenedAccount account, string region, string purpose, CancellationToken cancellationToken);

    /// <summary>Looks whether environments can be made: each check is a row, and none of them changes anything.</summary>
    Task<IReadOnlyList<PreflightCheck>> PreflightAsync(OpenedAccount account, CancellationToken cancellationToken);

    /// <summary>What in the account and region carries all of these tags.</summary>
    Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(
        CloudSession session, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>What lives in a network, by the cloud's id of it.</summary>
    Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(CloudSession session, string region, string networkId, CancellationToken cancellationToken);

    /// <summary>Begins to remove one resource that <see cref="InNetworkAsync"/> told of; some clouds take minutes to end it.</summary>
    /// <returns>True when the cloud took it on; or a fault that says why it is still there.</returns>
    Task<Outcome<bool>> RemoveAsync(CloudSession session, string region, CloudResource resource, CancellationToken cancellationToken);
}

/// <summary>A cloud's own words.</summary>
/// <param name="Title">The cloud.</param>
/// <param name="Account">What it calls an account, with its article dropped: <c>account</c>, <c>subscription</c>, <c>project</c>.</param>
/// <param name="AccountRule">What an id of one looks like.</param>
/// <param name="AccountExample">An id of one.</param>
/// <param name="RegionExample">A region.</param>
public sealed record CloudWords(string Title, string Account, string AccountRule, string AccountExample, string RegionExample);
