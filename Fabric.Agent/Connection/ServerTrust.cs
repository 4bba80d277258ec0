using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fabric.Agent.Connection;

/// <summary>Whom the agent believes to be the control plane: the name is always checked; the authorities are the system's or the given ones.</summary>
internal static class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SocketsHttpHandler Handler(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler();
        if (authorities is null) return handler;

        // A private authority is rarely reachable for revocation lists from inside a cluster.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(authorities);
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }
}
