using Fabric.Web.Access;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fabric.Web.PublicApi;

/// <summary>Holds a token to its scopes. A route's area is its tag in the OpenAPI document.</summary>
internal sealed class ScopeCheck : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var scopes = ActorClaims.ScopesOf(http.User);
        var area = http.GetEndpoint()?.Metadata.GetMetadata<ITagsMetadata>()?.Tags[0].ToLowerInvariant() ?? "";
        var write = !HttpMethods.IsGet(http.Request.Method);
        return TokenScopes.Allow(scopes, area, write)
            ? await next(context)
            : Problems.Of([new OperationFault(FaultKind.Forbidden, "ScopeMissing", $"The token is for {string.Join(", ", scopes)}; this needs {area}:{(write ? "write" : "read")}.")]);
    }
}
