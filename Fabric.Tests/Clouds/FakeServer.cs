using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fabric.Tests.Clouds;

/// <summary>A fake of a cloud's services on loopback: it answers what a test put into it, and remembers what it was asked.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2? certificate;

    private FakeServer(WebApplication app, Uri address, X509Certificate2? certificate) => (this.app, Address, this.certificate) = (app, address, certificate);

    /// <summary>An answer told from method and path (<c>GET /x</c>), the query, and the body.</summary>
    public delegate (int Status, JsonNode Body) Handler(IQueryCollection query, string body);

    public Uri Address { get; }

    /// <summary>By method and path.</summary>
    public Dictionary<string, Handler> Handlers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was asked: method and path, the bearer token, the body.</summary>
    public ConcurrentQueue<(string What, string Query, string? Token, string Body)> Asked { get; } = [];

    public static async Task<FakeServer> StartAsync(bool https)
    {
        var address = new Uri($"{(https ? "https" : "http")}://localhost:{Ports.Next()}");
        var certificate = https ? Certificate() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, address.Port, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = new FakeServer(builder.Build(), address, certificate);
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A client that takes this server's certificate and no other.</summary>
    public HttpClient Client() => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate?.Thumbprint,
    });

    /// <summary>Answers a path with the same document every time.</summary>
    public void Says(string what, string json) => Handlers[what] = (_, _) => (200, JsonNode.Parse(json)!);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        certificate?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var what = $"{context.Request.Method} {context.Request.Path}";
        Asked.Enqueue((what, context.Request.QueryString.ToString(), context.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header[7..] : null, body));
        var (status, answer) = Handlers.TryGetValue(what, out var handler) ? handler(context.Request.Query, body) : (404, JsonNode.Parse("""{"error":{"code":"NotFound","status":"NOT_FOUND"}}""")!);
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
