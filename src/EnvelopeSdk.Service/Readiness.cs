using EnvelopeSdk.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnvelopeSdk.Service;

/// <summary>
/// Answers whether the service takes calls. The checks are only asked once the model is there: a check that does not
/// hold is logged as an error, and that a model takes its time to load is none.
/// </summary>
internal static class Readiness
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var status = services.GetRequiredService<ServedModel>().IsLoaded
            ? (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(context.RequestAborted)).Status
            : HealthStatus.Unhealthy;
        context.Response.StatusCode = status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store, no-cache";
        await context.Response.WriteAsync(status.ToString(), context.RequestAborted);
    }
}
