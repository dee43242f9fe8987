using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Says of a request that nothing of the API answers why that is.</summary>
internal static class Unanswered
{
    public static ProblemHttpResult Explain(HttpContext context, EndpointDataSource all)
    {
        var request = context.Request;
        var there = all.Endpoints.OfType<RouteEndpoint>().Where(one => IsAt(one, context)).ToList();
        var methods = there.SelectMany(MethodsOf)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (methods.Count > 0 && !methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            return TypedResults.Problem(
                $"This address does not take {request.Method}, but {string.Join(", ", methods)}.",
                statusCode: StatusCodes.Status405MethodNotAllowed);
        }

        var takesJson = there.Exists(one => one.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            && MethodsOf(one).Contains(request.Method, StringComparer.OrdinalIgnoreCase));
        return takesJson && !request.HasJsonContentType()
            ? TypedResults.Problem(
                "What is sent there is JSON. Say so: Content-Type: application/json.",
                statusCode: StatusCodes.Status415UnsupportedMediaType)
            : TypedResults.Problem(
                "There is nothing of that address in the API. /api/openapi.json says what there is.",
                statusCode: StatusCodes.Status404NotFound);
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool IsAt(RouteEndpoint endpoint, HttpContext context)
    {
        var values = new RouteValueDictionary();
        var constraints = context.RequestServices.GetRequiredService<IInlineConstraintResolver>();
        return MethodsOf(endpoint).Count > 0
            && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(context.Request.Path, values)
            && endpoint.RoutePattern.ParameterPolicies.All(parameter => parameter.Value.All(policy =>
                constraints.ResolveConstraint(policy.Content ?? "")?.Match(
                    context, null, parameter.Key, values, RouteDirection.IncomingRequest) != false));
    }
}
