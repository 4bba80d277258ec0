using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fabric.Agent;
using Fabric.Agent.Connection;
using Fabric.Tests.Cluster;
using Fabric.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fabric.Tests.Agent;

/// <summary>A real https server on loopback whose authority no system knows.</summary>
public sealed class ServerTrustTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-trust").FullName;
    private readonly int port = Ports.Next();
    private WebApplication server = null!;

    public async ValueTask InitializeAsync()
    {
        await ServingCertificate.WriteAsync(folder, CancellationToken.None);
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "serving.crt"), Path.Combine(folder, "serving.key"));
        var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(certificate)));
        server = builder.Build();
        server.MapGet("/", () => "here");
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_authority_in_the_file_is_believed_and_no_other()
    {
        Assert.Equal("here", await AskAsync(Path.Combine(folder, "ca.crt"), $"https://localhost:{port}"));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(null, $"https://localhost:{port}"));

        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        await ServingCertificate.WriteAsync(other, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(Path.Combine(other, "ca.crt"), $"https://localhost:{port}"));
    }

    private static async Task<string> AskAsync(string? authorities, string address)
    {
        var (config, faults) = AgentConfigReader.Read(key => key switch { "FABRIC_URL" => address, "FABRIC_CA" => authorities, _ => null });
        Assert.Empty(faults);
        using var http = new HttpClient(ServerTrust.Handler(config!.Authorities)) { BaseAddress = config.Url };
        return await http.GetStringAsync("/", TestContext.Current.CancellationToken);
    }
}
