using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fabric.Tests.Cluster;

/// <summary>An authority and a loopback certificate by it, as a real cluster has them: the agent must accept this one by its kubeconfig and no other.</summary>
public static class ServingCertificate
{
    /// <summary>Writes <c>ca.crt</c>, <c>serving.crt</c> and <c>serving.key</c>.</summary>
    public static async Task WriteAsync(string folder, CancellationToken ct)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(2));
        using var caKey = RSA.Create(2048);
        var caRequest = new CertificateRequest("CN=fabric-test-ca", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        caRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        caRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(caRequest.PublicKey, false));
        using var ca = caRequest.CreateSelfSigned(from, until);

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var leaf = request.Create(ca, from, until, RandomNumberGenerator.GetBytes(12));

        await File.WriteAllTextAsync(Path.Combine(folder, "ca.crt"), ca.ExportCertificatePem() + "\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "serving.crt"), leaf.ExportCertificatePem() + "\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "serving.key"), key.ExportRSAPrivateKeyPem() + "\n", ct);
    }
}
