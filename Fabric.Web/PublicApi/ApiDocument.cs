using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fabric.Web.PublicApi;

/// <summary>What the OpenAPI document says beyond what handlers declare: headers, paging, and every problem a route can answer with.</summary>
internal static class ApiDocument
{
    private const string Problem = "Problem";
    private const string Bearer = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context);
            return Task.CompletedTask;
        });
    }

    private static void Complete(OpenApiDocument document)
    {
        document.Info.Title = "Fabric";
        document.Info.Version = "v1";
        document.Info.Description = "Blueprints, environments and their runs. Errors are RFC 9457 problem documents; lists page by cursor; writes take an Idempotency-Key.";
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Problem] = ProblemSchema();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API token made by POST /api/v1/tokens, or the bootstrap token.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var write = context.Description.HttpMethod is not "GET";
        operation.Parameters ??= [];
        if (write)
            Header(operation, Repeats.RepeatedWrites.Header, "Names this call, 1 to 255 characters: sent again within 24 hours it is not carried out again and gets the same answer.");
        if (metadata.OfType<HonoursRevision>().Any())
            Header(operation, "If-Match", "The ETag of what you read; 412 when someone was faster.");
        if (metadata.OfType<HonoursFingerprint>().Any())
            operation.Parameters.Single(parameter => parameter.Name == "fingerprint").Description = "The fingerprint of the finding that you read; 412 when it differs otherwise by now.";
        if (metadata.OfType<TakesMessage>().Any())
            Header(operation, Caller.MessageHeader, "Why the change is made; kept in the revision.");
        if (metadata.OfType<ListsByCursor>().Any())
        {
            Query(operation, "cursor", "The 'next' of the page before.", new OpenApiSchema { Type = JsonSchemaType.String });
            Query(operation, "limit", "Most items of a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "500", Default = 100 });
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } && ApiExamples.ByOperation.TryGetValue(operation.OperationId ?? "", out var example))
        {
            foreach (var type in content.Values)
                type.Example = JsonNode.Parse(example);
        }

        foreach (var status in Statuses(operation, context, write).Order())
        {
            operation.Responses ??= [];
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Description = Problems.TitleOf(status),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, context.Document) } },
            };
        }
    }

    /// <summary>The problems a route can answer with, told from what it takes.</summary>
    private static HashSet<int> Statuses(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool write)
    {
        var statuses = new HashSet<int> { 401, 403, 500, 503 };
        if (operation.Parameters!.Any(parameter => parameter.In is ParameterLocation.Query or ParameterLocation.Header) || operation.RequestBody is not null)
            statuses.Add(400);
        if (context.Description.RelativePath?.Contains('{') is true)
            statuses.Add(404);
        if (write)
            statuses.UnionWith([409, 422]);
        if (operation.RequestBody is not null)
            statuses.UnionWith([413, 415]);
        if (operation.Parameters!.Any(parameter => parameter.Name == "If-Match") || context.Description.ActionDescriptor.EndpointMetadata.OfType<HonoursFingerprint>().Any() || context.Description.RelativePath?.EndsWith("/approve", StringComparison.Ordinal) is true)
            statuses.Add(412);
        return statuses;
    }

    private static void Header(OpenApiOperation operation, string name, string description) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    private static void Query(OpenApiOperation operation, string name, string description, OpenApiSchema schema) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });

    private static OpenApiSchema ProblemSchema()
    {
        static OpenApiSchema Of(JsonSchemaType type, string description) => new() { Type = type, Description = description };
        var field = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["field"] = Of(JsonSchemaType.String, "The field, dotted, or the name of a header."),
                ["code"] = Of(JsonSchemaType.String, "Constant."),
                ["message"] = Of(JsonSchemaType.String, "A sentence for people."),
            },
        };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A problem document, RFC 9457.",
            Required = new HashSet<string> { "title", "status", "detail", "code", "errors" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Of(JsonSchemaType.String, "Where the status is described."),
                ["title"] = Of(JsonSchemaType.String, "A few words."),
                ["status"] = Of(JsonSchemaType.Integer, "The HTTP status."),
                ["detail"] = Of(JsonSchemaType.String, "What is wrong, where, and what to do."),
                ["code"] = Of(JsonSchemaType.String, "Constant, for programs."),
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = field, Description = "The fields that are wrong." },
                ["state"] = Of(JsonSchemaType.String, "With 409: the state that does not allow it."),
                ["line"] = Of(JsonSchemaType.Integer, "With a malformed body: the line, from 1."),
                ["position"] = Of(JsonSchemaType.Integer, "With a malformed body: the byte in the line, from 1."),
            },
        };
    }
}
