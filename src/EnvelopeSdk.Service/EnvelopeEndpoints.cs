using EnvelopeSdk.Service.OpenApi;
using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service;

/// <summary>Maps the endpoints of a model's service.</summary>
public static class EnvelopeEndpoints
{
    /// <summary>HEAD is answered wherever GET is (RFC 9110, section 9.1): monitors ask with it.</summary>
    internal static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps <c>POST /{query}</c> and <c>POST /{query}/batch</c> for each query, <c>/openapi/v1.json</c>,
    /// <c>/swagger</c>, <c>/health/live</c>, <c>/health/ready</c> and <c>/envelope</c>.
    /// </summary>
    /// <param name="app">An application to which the generated <c>AddEnvelope</c> added a model.</param>
    /// <returns>
    /// The endpoints that call the model or tell of it: the queries, <c>/openapi/v1.json</c> and <c>/envelope</c>. What
    /// is asked of them, such as <c>RequireAuthorization()</c>, is not asked of health, which probes must reach, nor of
    /// the pages of <c>/swagger</c>, which hold nothing of the model.
    /// </returns>
    public static IEndpointConventionBuilder MapEnvelope(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return FailedStart.Guard(app.Services.GetRequiredService<EnvelopeProgram>().Assembly, () => Map(app));
    }

    private static RouteGroupBuilder Map(WebApplication app)
    {
        app.MapSwaggerPages(app.Services.GetRequiredService<ServedModel>().Content.Reference.Name);
        var group = app.MapGroup("");
        foreach (var handler in app.Services.GetRequiredService<IReadOnlyList<QueryHandler>>())
        {
            // The document describes them itself, from the envelope's schema.
            group.MapPost($"/{handler.Name}", (RequestDelegate)handler.HandleAsync).ExcludeFromDescription();
            group.MapPost($"/{handler.Name}/batch", (RequestDelegate)handler.HandleBatchAsync).ExcludeFromDescription();
        }

        group.MapDocuments();
        MapSummary(group);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapMethods("/health/ready", Reading, (RequestDelegate)Readiness.AnswerAsync).ExcludeFromDescription();
        return group;
    }

    private static void MapSummary(IEndpointRouteBuilder app) =>
        app.MapMethods("/envelope", Reading, (RequestDelegate)(context => context.Response.WriteAsJsonAsync(
                context.RequestServices.GetRequiredService<EnvelopeSummary>(),
                EnvelopeSummaryContext.Default.EnvelopeSummary)))
            .ExcludeFromDescription();
}
