using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Tests.Cluster;
using Fabric.Tests.Support;

[assembly: AssemblyFixture(typeof(ApiServerFixture))]

namespace Fabric.Tests.Cluster;

/// <summary>
/// A real Kubernetes control plane on loopback, started at the first use and ended with the test run: etcd, API server (RBAC), controller
/// manager, scheduler; the kubelet is <see cref="KubeletStandIn"/>.
/// </summary>
public sealed class ApiServerFixture : IAsyncDisposable
{
    private const string AdminToken = "fabric-test-admin";

    /// <summary>What a control plane says that has too much to do just now.</summary>
    private static readonly string[] Passing = ["request timed out", "TLS handshake timeout", "i/o timeout", "connection refused", "in the time allotted", "leader changed"];

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<ChildProcess> processes = [];
    private readonly CancellationTokenSource stop = new();
    private readonly string folder = Path.Combine(Path.GetTempPath(), "fabric-kube-" + Guid.CreateVersion7().ToString("N"));
    private Task kubelet = Task.CompletedTask;
    private string assets = "";
    private bool started;

    public Uri Server { get; private set; } = new("https://127.0.0.1");
    public KubeHttp Kube { get; private set; } = null!;
    public KubeletStandIn Kubelet { get; private set; } = null!;

    /// <summary>Kubeconfig of an administrator.</summary>
    public string AdminKubeconfig => Path.Combine(folder, "admin.kubeconfig");

    /// <summary>Starts the control plane if nobody has; skips the test where its programs are missing.</summary>
    public async Task NeedAsync(CancellationToken ct)
    {
        if (KubeAssets.Find() is not { } found) Assert.Skip(KubeAssets.Missing);
        else
        {
            assets = found;
            await gate.WaitAsync(ct);
            try
            {
                if (!started) await StartWholeAsync(ct);
                started = true;
            }
            finally
            {
                gate.Release();
            }
        }
    }

    /// <summary>Runs kubectl as administrator; fails the test with its own words.</summary>
    public async Task<string> KubectlAsync(string arguments, CancellationToken ct, string? input = null)
    {
        for (var again = 3; ; again--)
        {
            var (ok, output, error) = await RunKubectlAsync(arguments, input, ct);
            // A try that was given up may have had its effect.
            var word = arguments.StartsWith("create ", StringComparison.Ordinal) ? "AlreadyExists" : arguments.StartsWith("delete ", StringComparison.Ordinal) ? "NotFound" : null;
            var had = again < 3 && word is not null && error.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => line.Contains(word, StringComparison.Ordinal));
            if (ok || had)
                return output;
            if (again == 0 || !Passing.Any(words => error.Contains(words, StringComparison.Ordinal)))
                Assert.Fail($"kubectl {arguments}: {error}");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
        }
    }

    private async Task<(bool Ok, string Output, string Error)> RunKubectlAsync(string arguments, string? input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(assets, "kubectl"), arguments.Split(' '))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["KUBECONFIG"], start.Environment["HOME"]) = (AdminKubeconfig, folder);
        using var process = Process.Start(start)!;
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode == 0, output, await error);
    }

    /// <summary>A kubeconfig with a token of the agent's service account, made by TokenRequest: exactly its rights, once the API server knows of them.</summary>
    public async Task<string> KubeconfigOfAsync(string ns, string serviceAccount, CancellationToken ct)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["user"] = $"system:serviceaccount:{ns}:{serviceAccount}",
                ["resourceAttributes"] = new JsonObject { ["namespace"] = ns, ["verb"] = "get", ["resource"] = "secrets", ["name"] = "fabric-agent-keys" },
            },
        };
        await Eventually.BecomesAsync($"{ns}/{serviceAccount} may read its keys", () => Kube.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/subjectaccessreviews", review, ct),
            answer => (bool?)answer.Body?["status"]?["allowed"] is true, ct);
        var request = JsonNode.Parse("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":7200}}""")!;
        var (status, body) = await Kube.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/serviceaccounts/{serviceAccount}/token", request, ct);
        Assert.True(status == 201, $"TokenRequest for {ns}/{serviceAccount}: {body}");
        var path = Path.Combine(folder, $"{ns}-{serviceAccount}.kubeconfig");
        await File.WriteAllTextAsync(path, Kubeconfig((string)body!["status"]!["token"]!), ct);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await kubelet.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in Enumerable.Reverse(processes)) await process.DisposeAsync();
        Kube?.Dispose();
        stop.Dispose();
        gate.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts all of it, or leaves nothing of it behind for the next who tries.</summary>
    private async Task StartWholeAsync(CancellationToken ct)
    {
        try
        {
            await StartAsync(ct);
        }
        catch
        {
            foreach (var process in Enumerable.Reverse(processes)) await process.DisposeAsync();
            processes.Clear();
            Kube?.Dispose();
            await Folders.DeleteAsync(new DirectoryInfo(folder));
            throw;
        }
    }

    private async Task StartAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var (etcd, peer, secure) = (Ports.Next(), Ports.Next(), Ports.Next());
        Server = new Uri($"https://127.0.0.1:{secure}");
        Kube = new KubeHttp(Server, AdminToken);
        Kubelet = new KubeletStandIn(Kube);
        await File.WriteAllTextAsync(Path.Combine(folder, "tokens.csv"), $"{AdminToken},admin,admin,\"system:masters\"\n", ct);
        await ServingCertificate.WriteAsync(folder, ct);
        using (var key = System.Security.Cryptography.RSA.Create(2048))
            await File.WriteAllTextAsync(Path.Combine(folder, "sa.key"), key.ExportRSAPrivateKeyPem(), ct);
        Start("etcd", $"--data-dir {folder}/etcd --listen-client-urls http://127.0.0.1:{etcd} --advertise-client-urls http://127.0.0.1:{etcd} " +
            $"--listen-peer-urls http://127.0.0.1:{peer} --initial-advertise-peer-urls http://127.0.0.1:{peer} --initial-cluster default=http://127.0.0.1:{peer}");
        Start("kube-apiserver", $"--etcd-servers http://127.0.0.1:{etcd} --secure-port {secure} --bind-address 127.0.0.1 --tls-cert-file {folder}/serving.crt --tls-private-key-file {folder}/serving.key " +
            $"--service-account-key-file {folder}/sa.key --service-account-signing-key-file {folder}/sa.key " +
            $"--service-account-issuer https://kubernetes.default.svc --authorization-mode RBAC --token-auth-file {folder}/tokens.csv " +
            "--service-cluster-ip-range 10.0.0.0/16 --allow-privileged");
        await ReadyAsync("/readyz", "the API server is ready", ct);
        await File.WriteAllTextAsync(AdminKubeconfig, Kubeconfig(AdminToken), ct);
        Start("kube-controller-manager", $"--kubeconfig {AdminKubeconfig} --service-account-private-key-file {folder}/sa.key --use-service-account-credentials " +
            "--leader-elect=false --port=0 --secure-port=0 --controllers=*,-nodelifecycle,-nodeipam,-attachdetach,-cloud-node-lifecycle,-route,-service " +
            "--kube-api-qps=200 --kube-api-burst=300");
        Start("kube-scheduler", $"--kubeconfig {AdminKubeconfig} --leader-elect=false --port=0 --secure-port=0");
        await ReadyAsync("/api/v1/namespaces/default/serviceaccounts/default", "the controller manager has made the default service account", ct);
        await Kubelet.JoinAsync(ct);
        kubelet = Kubelet.RunAsync(stop.Token);
    }

    private void Start(string program, string arguments) =>
        processes.Add(new ChildProcess(Path.Combine(assets, program), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private Task<int> ReadyAsync(string path, string what, CancellationToken ct) => Eventually.BecomesAsync(
        what, () => Kube.StatusAsync(path, ct), status => status == 200, ct, 240, () => string.Join("\n\n", processes.Select(p => p.Output)));

    private string Kubeconfig(string token) => $$"""
        apiVersion: v1
        kind: Config
        clusters:
          - name: test
            cluster:
              server: {{Server}}
              certificate-authority: {{folder}}/ca.crt
        users:
          - name: test
            user: { token: "{{token}}" }
        contexts:
          - name: test
            context: { cluster: test, user: test }
        current-context: test

        """;
}
