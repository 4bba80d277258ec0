using System.Text.Json.Serialization;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>API tokens: make, list, revoke.</summary>
internal static class TokensApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("/", ListAsync).WithName("ListTokens").WithSummary("Tokens of your tenant, oldest first, with their last use; never their secrets.").Paged().Produces<Page<TokenBody>>();
        tokens.MapPost("/", CreateAsync).WithName("CreateToken").WithSummary("Makes a token of your tenant, with a role no higher than yours. It is shown in this answer and nowhere else.").Produces<NewTokenBody>(201);
        tokens.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeToken").WithSummary("Ends a token at once.").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, TokenStore tokens, CancellationToken ct) =>
        await context.PageAsync(async paging => (await tokens.ListAsync(context.Actor(), ct))
            .Or(rows => TypedResults.Ok(paging.Take(rows, row => row.Id.ToString(), TokenBody.Of))));

    private static async Task<IResult> CreateAsync(HttpContext context, TokenRequest body, TokenStore tokens, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        var wish = new NewToken(body.Name ?? "", body.Role ?? "", body.ExpiresAt, body.Scopes ?? []);
        return (await tokens.CreateAsync(actor, wish, ct, made => kept.Rows(actor, Answer(made)))).Or(Answer);
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, TokenStore tokens, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        return (await tokens.RevokeAsync(actor, id, ct, () => kept.Rows(actor, Answers.Nothing))).Or(_ => Answers.Nothing);
    }

    private static Answer Answer(MadeToken made) => new(StatusCodes.Status201Created, NewTokenBody.Of(made), $"/api/v1/tokens/{made.Row.Id}");
}

/// <summary>A token to make.</summary>
/// <param name="Name">What it is for, 1 to 80 characters.</param>
/// <param name="Role">viewer, editor or owner; for the vendor support, sre or admin.</param>
/// <param name="ExpiresAt">UTC, at most a year ahead.</param>
/// <param name="Scopes">Such as environments:read; all its role may do when none is given.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TokenRequest(string Name, string Role, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Scopes = null);

/// <summary>A token, without its secret.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What its bearer may do.</param>
/// <param name="Scopes">What it is limited to; empty for all its role may do.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="LastUsedAt">UTC, to the minute; null when never.</param>
/// <param name="RevokedAt">UTC; null while it holds.</param>
public record TokenBody(
    Guid Id, string Tenant, string Name, Role Role, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    internal static TokenBody Of(ApiToken row) => new(
        row.Id, row.Tenant, row.Name, row.Role, row.Scopes, row.CreatedBy, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);
}

/// <summary>A token that was just made.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Token">The token itself: keep it, it is not shown again.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Role">What its bearer may do.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record NewTokenBody(Guid Id, string Token, string Tenant, Role Role, DateTimeOffset ExpiresAt)
{
    internal static NewTokenBody Of(MadeToken made) => new(made.Row.Id, made.Secret, made.Row.Tenant, made.Row.Role, made.Row.ExpiresAt);
}
