using System.Net;

namespace EnvelopeSdk.Distribution;

/// <summary>A registry said that it cannot answer just now. It never leaves this room.</summary>
/// <param name="failure">What to say when it stays so.</param>
/// <param name="retryAfter">How long the registry asked to wait.</param>
internal sealed class RegistryBusyException(EnvelopeException failure, TimeSpan? retryAfter)
    : Exception(failure.Message)
{
    public EnvelopeException Failure => failure;

    public TimeSpan? RetryAfter => retryAfter;

    public static bool Is(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (status >= HttpStatusCode.InternalServerError && status != HttpStatusCode.NotImplemented);

    /// <summary>What <c>Retry-After</c> says, in seconds or as a date.</summary>
    public static TimeSpan? Wait(HttpResponseMessage answer, TimeProvider clock)
    {
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? asked?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
