using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Service;

/// <summary>
/// Answers problem details where an answer would have no body: of an unknown route or a wrong method, and of what an
/// application asks before an endpoint is reached, such as who calls.
/// </summary>
internal sealed class ProblemPages : IStartupFilter
{
    /// <summary>Says where one sees what is there instead, or which method to take.</summary>
    public static void Explain(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Problem.TraceId(context.HttpContext);
        problem.Detail ??= (problem.Status, context.HttpContext.GetEndpoint()) switch
        {
            (StatusCodes.Status404NotFound, null) =>
                "Nothing is at this address. What is there, the page 'swagger' at the service's own address shows.",
            (StatusCodes.Status405MethodNotAllowed, _)
                when context.HttpContext.Response.Headers.Allow is [{ } allowed] => $"This address takes {allowed}.",
            _ => null,
        };
    }

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseStatusCodePages();
        next(app);
    };
}
