using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.PublicApi;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.Access;

/// <summary>Every route of the API, asked by everybody there is. A route that is not in the table fails the test.</summary>
[Collection("api")]
public sealed class AccessMatrix(ApiHost host)
{
    private const string Stale = "\"999\"";

    // Changes carry a stale If-Match or meet a run that is over, so that who may do them hears 412 or 409, and nothing happens.
    // Columns: viewer, editor, owner; support, sre, admin; the owner of another tenant; nobody.
    private static readonly Dictionary<string, int[]> Table = new()
    {
        ["CreateEnvironment"] = [403, 409, 409, 403, 409, 409, 400, 401],
        ["ListEnvironments"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["GetEnvironment"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["DeleteEnvironment"] = [403, 403, 412, 403, 412, 412, 404, 401],
        ["ChangeParameters"] = [403, 412, 412, 403, 412, 412, 404, 401],
        ["ChangeEnvironment"] = [403, 412, 412, 403, 412, 412, 404, 401],
        ["ListRevisions"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["ListEnvironmentEvents"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["RunOperation"] = [403, 412, 412, 403, 412, 412, 404, 401],
        ["StartRun"] = [403, 412, 412, 403, 412, 412, 404, 401],
        ["Enroll"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["GetRun"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["GetPlan"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["GetRunEvents"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["ApproveRun"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["RejectRun"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["CancelRun"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["PauseRun"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["ResumeRun"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["ApproveStep"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["RejectStep"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["RetryStep"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["SkipStep"] = [403, 403, 403, 403, 409, 409, 404, 401],
        ["ListEntityTypes"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["ListBlueprints"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["GetDraft"] = [403, 403, 403, 200, 200, 200, 403, 401],
        ["PutDraft"] = [403, 403, 403, 403, 412, 412, 403, 401],
        ["PublishBlueprint"] = [403, 403, 403, 403, 403, 200, 403, 401],
        ["ImportBlueprint"] = [403, 403, 403, 403, 412, 412, 403, 401],
        ["GetBlueprintVersion"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["DiffBlueprint"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["GetBlueprint"] = [403, 403, 403, 200, 200, 200, 403, 401],
        ["ListBlueprintVersions"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["GetBlueprintImpact"] = [403, 403, 403, 200, 200, 200, 403, 401],
        ["DeriveBlueprint"] = [403, 403, 403, 403, 409, 409, 403, 401],
        ["DeprecateVersion"] = [403, 403, 403, 403, 403, 400, 403, 401],
        ["RetireVersion"] = [403, 403, 403, 403, 403, 400, 403, 401],
        ["ReinstateVersion"] = [403, 403, 403, 403, 403, 409, 403, 401],
        ["RestoreVersion"] = [403, 403, 403, 403, 412, 412, 403, 401],
        ["ListAgents"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["RevokeAgent"] = [403, 403, 204, 403, 204, 204, 404, 401],
        ["ConnectAccount"] = [403, 403, 409, 403, 409, 409, 400, 401],
        ["ListAccounts"] = [200, 200, 200, 200, 200, 200, 200, 401],
        ["GetAccount"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["GetAccountSetup"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["ChangeAccount"] = [403, 403, 200, 403, 200, 200, 404, 401],
        ["CheckAccount"] = [403, 403, 200, 403, 200, 200, 404, 401],
        ["DeleteAccount"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["ListTokens"] = [403, 403, 200, 403, 403, 200, 200, 401],
        ["CreateToken"] = [403, 403, 201, 403, 403, 201, 201, 401],
        ["RevokeToken"] = [403, 403, 204, 403, 403, 204, 404, 401],
        ["InjectFault"] = [403, 403, 403, 403, 400, 400, 404, 401],
        ["Tamper"] = [403, 403, 403, 403, 400, 400, 404, 401],
        ["CountApplications"] = [403, 403, 403, 403, 200, 200, 404, 401],
    };

    private static readonly Dictionary<string, int[]> OfTerraform = new()
    {
        ["GetStepLog"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["GetState"] = [403, 403, 403, 200, 200, 200, 404, 401],
        ["RestoreState"] = [403, 403, 403, 403, 404, 404, 404, 401],
        ["ListLeftovers"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["RemoveLeftovers"] = [403, 403, 409, 403, 409, 409, 404, 401],
        ["TakeOver"] = [403, 403, 409, 403, 403, 403, 404, 401],
        ["GetDrift"] = [200, 200, 200, 200, 200, 200, 404, 401],
        ["RevertDrift"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["AdoptDrift"] = [403, 409, 409, 403, 409, 409, 404, 401],
        ["IgnoreDrift"] = [403, 403, 403, 403, 409, 409, 404, 401],
        ["MuteDrift"] = [403, 403, 403, 403, 409, 409, 404, 401],
        ["UnmuteDrift"] = [403, 403, 403, 403, 404, 404, 404, 401],
    };

    [Fact]
    public async Task Every_route_answers_every_role_as_the_table_says()
    {
        var setting = await SettingAsync();
        var routes = Routes(host).ToDictionary(route => route.Name, route => route);
        var table = Table.Concat(OfTerraform).ToDictionary();
        Assert.Equal(table.Keys.Order(), routes.Keys.Order());
        var wrong = new List<string>();
        foreach (var (name, expected) in table)
        {
            var callers = Callers();
            for (var i = 0; i < callers.Count; i++)
            {
                var reply = await AskAsync(callers[i].Client, routes[name], callers[i].Role, setting);
                if (reply.Status != expected[i])
                    wrong.Add($"{name} by {callers[i].Who}: expected {expected[i]}, got {reply}");
                else if (reply.Status >= 400)
                    reply.Problem(expected[i]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    internal static IEnumerable<(string Name, string Method, string Path)> Routes(ApiHost host) =>
        from endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
        where endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select (endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName!, method, "/" + endpoint.RoutePattern.RawText!.Trim('/'));

    private List<(string Who, string Role, HttpClient Client)> Callers() =>
    [
        .. Enum.GetValues<Role>().Select(role => (role.ToString(), role.ToString(), host.As(role, role.IsVendor() ? Actor.VendorTenant : "sample"))),
        ("the owner of another tenant", "owner", host.As(Role.Owner, ApiHost.Other)),
        ("nobody", "viewer", host.Anonymous),
    ];

    private static async Task<Reply> AskAsync(HttpClient client, (string Name, string Method, string Path) route, string role, Setting setting)
    {
        var path = route.Path.Replace("{id:guid}", IdFor(route.Path, setting).ToString(), StringComparison.Ordinal)
            .Replace("{name}", route.Path.Contains("operations", StringComparison.Ordinal) ? "restart" : "matrix", StringComparison.Ordinal)
            .Replace("{node}", "network", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{finding:guid}", setting.Finding.ToString(), StringComparison.Ordinal)
            .Replace("{mute:guid}", Guid.Empty.ToString(), StringComparison.Ordinal);
        if (route.Name == "DiffBlueprint")
            path += "?from=1&to=1";
        if (route.Name == "ImportBlueprint")
            path += "?format=elsa3";
        if (route.Name == "PublishBlueprint")
            return await client.CallAsync(HttpMethod.Post, path, new JsonObject());
        if (route.Name == "PutDraft")
            return await client.CallAsync(HttpMethod.Put, path, Calls.Yaml(Draft), ("If-Match", Stale));
        return await client.CallAsync(new HttpMethod(route.Method), path, BodyFor(route.Name, role, setting), ("If-Match", Stale));
    }

    private static Guid IdFor(string path, Setting setting) => path.Split('/')[3] switch
    {
        "runs" => setting.Run,
        "agents" => setting.Agent,
        "tokens" => setting.Token,
        "cloud-accounts" => setting.Account,
        _ => setting.Environment,
    };

    private static JsonObject? BodyFor(string name, string role, Setting setting) => name switch
    {
        "CreateEnvironment" => ApiHost.Wish(setting.Name),
        "ChangeParameters" => new JsonObject { ["servers"] = 4 },
        "ChangeEnvironment" => new JsonObject { ["version"] = 1 },
        "RunOperation" => new JsonObject { ["node"] = "network" },
        "StartRun" => new JsonObject { ["kind"] = "check" },
        "ApproveRun" => new JsonObject { ["planHash"] = "x" },
        "ConnectAccount" => new JsonObject { ["tenant"] = "sample", ["name"] = setting.Name, ["cloud"] = "aws", ["account"] = "123456789012" },
        "ChangeAccount" => new JsonObject { ["regions"] = new JsonArray() },
        "CreateToken" => new JsonObject { ["name"] = "matrix", ["role"] = role, ["expiresAt"] = setting.Expires },
        "InjectFault" => new JsonObject { ["node"] = "", ["kind"] = "Slow" },
        "Tamper" => new JsonObject { ["node"] = "" },
        _ when name.EndsWith("Run", StringComparison.Ordinal) || name.EndsWith("Step", StringComparison.Ordinal) => new JsonObject { ["message"] = "Seen." },
        "PublishBlueprint" => [],
        "ImportBlueprint" => JsonNode.Parse(Workflow)!.AsObject(),
        "DeriveBlueprint" => new JsonObject { ["name"] = "matrix" },
        "RemoveLeftovers" => new JsonObject { ["resources"] = new JsonArray("x") },
        "RestoreState" => new JsonObject { ["reason"] = "Seen." },
        "IgnoreDrift" => new JsonObject { ["until"] = setting.Expires, ["reason"] = "Seen." },
        "MuteDrift" => new JsonObject { ["path"] = "size", ["reason"] = "Seen." },
        "DeprecateVersion" or "RetireVersion" => new JsonObject { ["reason"] = "" },
        _ => null,
    };

    private const string Draft = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: matrix, title: Matrix }\nspec:\n  nodes:\n    ask: { gate: approval, by: customer }\n";

    private const string Workflow = """{ "root": { "type": "Elsa.Flowchart", "activities": [{ "id": "ask", "type": "Fabric.Gate.Approval", "by": "customer" }] } }""";

    private async Task<Setting> SettingAsync()
    {
        var name = host.Name("matrix");
        var created = (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", ApiHost.Wish(name))).Json;
        var (id, run) = (created["id"]!.GetValue<Guid>(), created["run"]!.GetValue<Guid>());
        var cancelled = await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
        Assert.True(cancelled.Status == 200, cancelled.ToString());
        await host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] == "Cancelled", "the run to be cancelled");
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/matrix/draft", Calls.Yaml(Draft))).Status);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/matrix/publish", new JsonObject())).Status);
        var agent = new AgentRecord { Id = Guid.CreateVersion7(), Tenant = "sample", Name = "matrix", ClusterUid = "matrix", SigningKey = "{}", SealingKey = "{}", Version = "1.0", EnrolledAt = host.Clock.GetUtcNow() };
        // A finding that is gone: who may decide hears that it is too late.
        var finding = new DriftFinding
        {
            Id = Guid.CreateVersion7(), Tenant = "sample", EnvironmentId = id, EntityId = Guid.CreateVersion7(), Node = "network", Address = "a.b", Type = "a", Action = PlanAction.Update, Changes = [],
            State = DriftState.Gone, FoundAt = host.Clock.GetUtcNow(), SeenAt = host.Clock.GetUtcNow(),
        };
        await host.Storage.Cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(agent).Add(finding), TestContext.Current.CancellationToken);
        // An account without a sign-in, so that a preflight asks no cloud; used by an environment, so that nobody deletes it.
        var account = SampleAccounts.Row("aws", "123456789012", new JsonObject { ["kind"] = "access-key" }, name);
        var cell = host.Storage.Cells.Get("local");
        var user = await cell.ReadAsync(TenantScope.All, db => db.Environments.SingleAsync(e => e.Id == id, TestContext.Current.CancellationToken));
        await cell.Journal.CommitAsync(new JournalBatch().Add(account).Change(user, user with { AccountId = account.Id }), TestContext.Current.CancellationToken);
        return new Setting(name, id, run, finding.Id, agent.Id, account.Id, (await host.TokenAsync(Role.Viewer, "sample")).Row.Id, host.Clock.GetUtcNow().AddDays(30).ToString("O"));
    }

    private sealed record Setting(string Name, Guid Environment, Guid Run, Guid Finding, Guid Agent, Guid Account, Guid Token, string Expires);
}
