using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

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
            return ProblemOf(failure);
        }
    }

    /// <summary>With the place of each thing that is wrong with settings.</summary>
    public static ProblemHttpResult ProblemOf(EnvelopeException failure) => TypedResults.Problem(
        failure.Message, statusCode: StatusOf(failure.Error),
        extensions: SettingsFault.Of(failure) is { Count: > 0 } faults
            ? [SettingsFault.ErrorsOf(faults)] : null);

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
