using EnvelopeSdk.Registry.Access;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Answers what went wrong with an envelope as problem details (RFC 9457).</summary>
internal sealed class ProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DeniedException denied)
        {
            return TypedResults.Problem(denied.Message, statusCode: StatusCodes.Status403Forbidden);
        }
        catch (EnvelopeException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusOf(failure.Error));
        }
    }

    /// <summary>What the store is at fault for is no fault of who asks.</summary>
    public static int StatusOf(EnvelopeError error) => error switch
    {
        EnvelopeError.Invalid => StatusCodes.Status400BadRequest,
        EnvelopeError.NotFound => StatusCodes.Status404NotFound,
        EnvelopeError.Mismatch or EnvelopeError.Untrusted => StatusCodes.Status409Conflict,
        EnvelopeError.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
