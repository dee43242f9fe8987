using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Says of a request that nothing of the API answers why that is.</summary>
internal static class Unanswered
{
    public static ProblemHttpResult Explain(HttpContext context, EndpointDataSource all)
    {
        var request = context.Request;
        var methods = all.Endpoints.OfType<RouteEndpoint>().Where(one => IsAt(one, request.Path))
            .SelectMany(one => one.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (methods.Count > 0 && !methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            return TypedResults.Problem(
                $"This address does not take {request.Method}, but {string.Join(", ", methods)}.",
                statusCode: StatusCodes.Status405MethodNotAllowed);
        }

        return methods.Count > 0 && request.ContentType is not null && !request.HasJsonContentType()
            ? TypedResults.Problem(
                "What is sent there is JSON. Say so: Content-Type: application/json.",
                statusCode: StatusCodes.Status415UnsupportedMediaType)
            : TypedResults.Problem(
                "There is nothing of that address in the API. /api/openapi.json says what there is.",
                statusCode: StatusCodes.Status404NotFound);
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null
        && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
