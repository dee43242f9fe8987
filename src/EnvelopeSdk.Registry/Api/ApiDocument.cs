using EnvelopeSdk.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace EnvelopeSdk.Registry.Api;

/// <summary>What can be asked at <c>/api/</c>, as an OpenAPI document.</summary>
internal static class ApiDocument
{
    private const string Path = "/api/openapi.json";
    private const string Scheme = "bearer";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.ShouldInclude = one => one.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AddConditions(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi(Path);

    /// <summary>Says of an endpoint that its address takes the conditions of a query.</summary>
    public static RouteHandlerBuilder WithConditions(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(Conditions.Instance);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Registry of model envelopes",
            Version = "v1",
            Description = "Envelopes, their tags and metrics, and who changed them. Errors are problem details "
                + "(RFC 9457). Content of envelopes is at /v2/, as in every OCI registry.",
        };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }

    private static void AddConditions(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<Conditions>().Any())
        {
            return;
        }

        operation.Parameters ??= [];
        foreach (var name in QueryText.Names.Append(QueryOfAddress.LimitName))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = Conditions.Of(name),
                Schema = Conditions.SchemaOf(name),
            });
        }
    }

    private sealed class Conditions
    {
        public static readonly Conditions Instance = new();

        public static OpenApiSchema SchemaOf(string name) => name switch
        {
            QueryOfAddress.LimitName => new() { Type = JsonSchemaType.Integer },
            "tag" or "any-tag" or "metric" or "hyperparameter" => new()
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            _ => new() { Type = JsonSchemaType.String },
        };

        public static string Of(string name) => name switch
        {
            "name" => "The name of the envelopes.",
            "tag" => "A tag that they have, 'team=pricing', or have not, 'stage-'. All of several.",
            "any-tag" => "A tag of which they have one at least: 'team=pricing'.",
            "metric" => "A bound of a metric: 'r2>0.9'.",
            "hyperparameter" => "A bound of a hyperparameter: 'tree.depth<=8'.",
            "since" => "When they were saved at the earliest: '2026-01-31', '2026-01-31T12:00Z', or '7d', '12h' ago.",
            "until" => "When they were saved at the latest, written as 'since'.",
            "commit" => "The git commit, or its first digits.",
            "schema" => "The fingerprint of their schema.",
            "order" => "The metric by which they are ordered; 'r2-': the greatest first. Else the newest comes first.",
            "after" => "The cursor behind which to go on.",
            _ => $"How many at most, 1 to {QueryOfAddress.LargestLimit}.",
        };
    }
}
