using System.Net;
using System.Security.Authentication;

namespace EnvelopeSdk.Distribution;

/// <summary>Says what a registry did not do, why, and what helps.</summary>
internal static class RegistryFailure
{
    private const int LongestReason = 500;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private const int LongestBody = 64 << 10;

    /// <summary>Of an answer that is no success.</summary>
    /// <param name="registry">Which repository was asked.</param>
    /// <param name="asked">What for, as in "give manifest 'v1'".</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Stops the reading of the reason.</param>
    public static async Task<EnvelopeException> OfAsync(
        OciReference registry, string asked, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var reason = await ReasonAsync(answer, cancellationToken);
        var error = answer.StatusCode == HttpStatusCode.NotFound ? EnvelopeError.NotFound : EnvelopeError.Unavailable;
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        return new(error, Message(registry, asked, status + reason, Cure(registry, answer.StatusCode)));
    }

    /// <summary>Of a connection that did not come about, or broke again and again.</summary>
    public static EnvelopeException Of(OciReference registry, string asked, Exception failure)
    {
        var reason = failure is OperationCanceledException ? "nothing came for too long" : Reason(failure);
        return new(
            EnvelopeError.Unavailable,
            Message(registry, asked, reason, Cure(registry, failure)),
            failure);
    }

    /// <summary>Of an answer that is a success and yet cannot be right.</summary>
    public static EnvelopeException Damaged(OciReference registry, string asked, string reason) => new(
        EnvelopeError.Damaged,
        Message(registry, asked, reason, "Try again; if it stays so, push the envelope again from where it is sound."));

    private static string Reason(Exception failure)
    {
        var inner = failure.GetBaseException().Message;
        return (failure.Message.Contains(inner, StringComparison.Ordinal)
            ? failure.Message
            : $"{failure.Message.TrimEnd('.')}: {inner}").TrimEnd('.');
    }

    private static string Message(OciReference registry, string asked, string reason, string cure) =>
        $"The registry '{registry.Host}' did not {asked}{Of(registry)}: {reason}. {cure}";

    /// <summary>What is asked of the whole registry is of no repository.</summary>
    private static string Of(OciReference registry) =>
        registry.Repository.Length == 0 ? "" : $" of the repository '{registry.Repository}'";

    private static string Cure(OciReference registry, Exception failure) =>
        failure is HttpRequestException { InnerException: AuthenticationException }
            ? $"It has to speak https, with a certificate for '{registry.HostName}' of an authority that this machine "
            + "trusts. Install the certificate of that authority, or on Linux name a file of it in SSL_CERT_FILE."
            : "Check the address and the network, and try again.";

    private static string Cure(OciReference registry, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"Log in with 'docker login {registry.Host}' or 'skopeo login {registry.Host}', to a registry of envelopes with "
            + $"'envelope login {registry.Host}', as one who may do that.",
        HttpStatusCode.NotFound => $"Check the repository and the tag; 'skopeo list-tags docker://{registry.Host}/"
            + $"{registry.Repository}' says what is there.",
        HttpStatusCode.TooManyRequests => "Try again later.",
        HttpStatusCode.RequestEntityTooLarge => "Ask whoever runs the registry to allow larger requests.",
        >= HttpStatusCode.InternalServerError => "Try again; if it stays so, ask whoever runs the registry.",
        _ => "Check that the address is that of an OCI registry, and that you may do that there.",
    };

    /// <summary>
    /// What an answer says of why: the specification's errors, or the detail of a problem (RFC 9457).
    /// </summary>
    /// <returns>With a comma before it; empty when it says nothing.</returns>
    public static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await RegistryBody.TryReadAsync(answer, LongestBody, IdleTimeout, cancellationToken) ?? [];
        var document = DistributionJsonContext.TryRead(body, DistributionJsonContext.Default.ErrorDocument);
        var errors = (document?.Errors ?? []).OfType<ErrorReason>().Select(one => $"{one.Code} {one.Message}".Trim());
        var reason = document?.Detail ?? string.Join("; ", errors);
        var plain = string.Concat(reason.Select(letter => char.IsControl(letter) ? ' ' : letter)).TrimEnd('.');
        return plain.Length == 0 ? "" : ", " + (plain.Length > LongestReason ? plain[..LongestReason] + "..." : plain);
    }
}
