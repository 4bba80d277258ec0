using System.Security.Cryptography;
using Fabric.Protocol.Crypto;

namespace Fabric.Agent.Connection;

/// <summary>The agent's two key pairs. They are made here, and their private halves go nowhere but a Secret beside the agent.</summary>
internal sealed class AgentKeys : IDisposable
{
    private AgentKeys(ECDsa signing, ECDiffieHellman sealing) =>
        (Signing, Sealing, SigningPublic, SealingPublic) = (signing, sealing, Jwk.OfSigning(signing), Jwk.OfSealing(sealing));

    public ECDsa Signing { get; }
    public ECDiffieHellman Sealing { get; }
    public Jwk SigningPublic { get; }
    public Jwk SealingPublic { get; }

    public static AgentKeys Create() =>
        new(ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>From two PKCS#8 keys.</summary>
    public static AgentKeys Import(byte[] signingKey, byte[] sealingKey)
    {
        var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(signingKey, out _);
        var sealing = ECDiffieHellman.Create();
        sealing.ImportPkcs8PrivateKey(sealingKey, out _);
        return new(signing, sealing);
    }

    public void Dispose()
    {
        Signing.Dispose();
        Sealing.Dispose();
    }
}
