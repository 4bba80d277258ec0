using System.Security.Cryptography;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;

namespace Fabric.Tests.Protocol;

public sealed class AssertionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Agent = Guid.CreateVersion7(Now);
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void An_assertion_is_accepted_for_the_request_it_was_made_for()
    {
        var result = Verify(Token(), "POST", AgentRoutes.Sync, "{}", Now);
        Assert.Equal(Agent, result.Claims!.Sub);
        Assert.Equal(Agent, AgentAssertion.ReadSubject(Token()));
    }

    [Theory]
    [InlineData("GET", AgentRoutes.Sync, "{}")]
    [InlineData("POST", AgentRoutes.Report, "{}")]
    [InlineData("POST", AgentRoutes.Sync, "{ }")]
    public void Another_method_path_or_body_is_refused(string method, string path, string body) =>
        Assert.Equal(AgentErrorCodes.AssertionInvalid, Verify(Token(), method, path, body, Now).ErrorCode);

    [Theory]
    [InlineData(89, null)]
    [InlineData(91, AgentErrorCodes.ClockSkew)]
    [InlineData(-29, null)]
    [InlineData(-31, AgentErrorCodes.ClockSkew)]
    public void It_lives_sixty_seconds_with_thirty_of_skew(int later, string? code) =>
        Assert.Equal(code, Verify(Token(), "POST", AgentRoutes.Sync, "{}", Now.AddSeconds(later)).ErrorCode);

    [Fact]
    public void An_intent_signed_by_the_same_key_is_no_assertion()
    {
        var jws = Jws.Sign("{}"u8, key, Jwk.OfSigning(key).Kid, MessageTypes.Intent);
        Assert.Equal(AgentErrorCodes.AssertionInvalid, Verify(jws, "POST", AgentRoutes.Sync, "{}", Now).ErrorCode);
    }

    private string Token() => AgentAssertion.Create(key, Jwk.OfSigning(key).Kid, Agent, "POST", AgentRoutes.Sync, "{}"u8, Now);

    private AssertionResult Verify(string token, string method, string path, string body, DateTimeOffset now) =>
        AgentAssertion.Verify(token, Jwk.OfSigning(key), method, path, System.Text.Encoding.UTF8.GetBytes(body), now);
}
