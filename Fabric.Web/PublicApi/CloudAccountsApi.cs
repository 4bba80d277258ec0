using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>Cloud accounts: connect, look, change the sign-in, check, delete.</summary>
internal static class CloudAccountsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/cloud-accounts").WithTags("Clouds");
        accounts.MapPost("/", CreateAsync).WithName("ConnectAccount").WithSummary("Connects a cloud account; nothing is asked of the cloud yet.").Produces<CloudAccountBody>(201);
        accounts.MapGet("/", ListAsync).WithName("ListAccounts").WithSummary("Connected cloud accounts; cells that do not answer are named.").Paged().Produces<CloudAccountPage>();
        accounts.MapGet("/{id:guid}", GetAsync).WithName("GetAccount").WithSummary("A cloud account with what its last preflight found; never its credential.").Produces<CloudAccountBody>();
        accounts.MapGet("/{id:guid}/setup", SetupAsync).WithName("GetAccountSetup").WithSummary("What must be made in the account so that Fabric can sign in.").Produces<CloudSetup>();
        accounts.MapPut("/{id:guid}", ChangeAsync).WithName("ChangeAccount").WithSummary("Changes sign-in or regions; the account is to be checked again then.").Produces<CloudAccountBody>();
        accounts.MapPost("/{id:guid}/preflight", PreflightAsync).WithName("CheckAccount").WithSummary("Looks whether environments can be made: sign-in, regions, permissions, quotas. Changes nothing in the cloud.").Produces<CloudAccountBody>();
        accounts.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteAccount").WithSummary("Deletes an account that no environment uses; in the cloud nothing is touched.").Produces(204);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ConnectRequest body, ICloudDesk desk, CancellationToken ct)
    {
        var faults = body.Missing().ToList();
        var signIn = Read(body.SignIn, body.Secret, faults);
        if (faults.Count > 0)
            return Problems.Of(faults);
        var wish = new NewAccount(body.Tenant, body.Name, body.Cloud, body.Account, body.Regions ?? [], body.Cell, signIn);
        return (await desk.CreateAsync(context.Actor(), wish, ct)).Or(Answers.Connected);
    }

    private static Task<IResult> ListAsync(HttpContext context, ICloudDesk desk, CancellationToken ct, string? tenant = null) => context.PageAsync(async paging =>
    {
        var found = await desk.ListAsync(context.Actor(), ct);
        var page = paging.Take(found.Accounts.Where(line => tenant is null || line.Row.Tenant == tenant), line => line.Row.Id.ToString(), CloudAccountBody.Of);
        return TypedResults.Ok(new CloudAccountPage(page.Items, page.Next, [.. found.Unreachable.Select(cell => cell.Cell)]));
    });

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, ICloudDesk desk, CancellationToken ct) =>
        await desk.GetAsync(context.Actor(), id, ct) is { } line ? TypedResults.Ok(CloudAccountBody.Of(line)) : Problems.Of([AccountReads.NotFound(id)]);

    private static async Task<IResult> SetupAsync(Guid id, HttpContext context, ICloudDesk desk, CancellationToken ct, string? kind = null) =>
        (await desk.SetupAsync(context.Actor(), id, kind, ct)).Or(TypedResults.Ok);

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext context, ReconnectRequest body, ICloudDesk desk, CancellationToken ct)
    {
        var faults = new List<OperationFault>();
        var signIn = Read(body.SignIn, body.Secret, faults);
        if (signIn is null && body.Regions is null)
            faults.Add(new OperationFault(FaultKind.Invalid, "Missing", "Give signIn or regions.", "signIn"));
        return faults.Count > 0 ? Problems.Of(faults) : (await desk.ChangeAsync(context.Actor(), id, new AccountChange(signIn, body.Regions), ct)).Or(Answers.Account);
    }

    private static async Task<IResult> PreflightAsync(Guid id, HttpContext context, ICloudDesk desk, CancellationToken ct) =>
        (await desk.PreflightAsync(context.Actor(), id, ct)).Or(Answers.Account);

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, ICloudDesk desk, CancellationToken ct) =>
        (await desk.DeleteAsync(context.Actor(), id, ct)).Or(_ => Answers.Nothing);

    /// <summary>The sign-in as texts by name; a value that is none is a fault, which does not repeat it.</summary>
    private static SignInWish? Read(JsonObject? signIn, string? secret, List<OperationFault> faults)
    {
        if (signIn is null)
        {
            if (secret is not null)
                faults.Add(new OperationFault(FaultKind.Invalid, "Missing", "A secret belongs to a sign-in: give signIn with it.", "signIn"));
            return null;
        }

        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in signIn)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var read))
                fields[name] = read;
            else
                faults.Add(new OperationFault(FaultKind.Invalid, "Invalid", $"{name} must be a text.", $"signIn.{name}"));
        }

        fields.Remove(SignInKind.Field, out var kind);
        return new SignInWish(kind ?? "", fields, secret);
    }
}
