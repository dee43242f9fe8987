using System.Net;

namespace EnvelopeSdk.Distribution;

/// <summary>Asks a registry of envelopes whose key it is.</summary>
internal sealed class CallerQuestion(OciReference registry)
{
    private const int LongestAnswer = 64 << 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private string Address => $"{(registry.IsLoopback ? "http" : "https")}://{registry.Host}";

    /// <exception cref="EnvelopeException">It does not know the key, or does not answer as such a registry.</exception>
    public async Task<RegistryLogin> AskAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Length == 0 || key.Any(one => char.IsControl(one) || char.IsWhiteSpace(one)))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, "That is no key: it is one word in one line. Give it as it was printed.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Longest);
        try
        {
            return await SendAsync(key, patience.Token);
        }
        catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The registry '{registry.Host}' does not answer: {failure.GetBaseException().Message.TrimEnd('.')}. "
                + "Check the address and the network, and try again.",
                failure);
        }
    }

    private async Task<RegistryLogin> SendAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var answer = await RegistryHttp.ClientOf(registry).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The registry '{registry.Host}' lets nobody in with that key: it is another, expired or revoked. Ask "
                + "an administrator of the registry for one.");
        }

        var body = answer.IsSuccessStatusCode
            ? await RegistryBody.TryReadAsync(answer, LongestAnswer, Longest, cancellationToken) ?? []
            : [];
        var caller = DistributionJsonContext.TryRead(body, DistributionJsonContext.Default.CallerDocument);
        return caller is { Name: { } name, Roles: { } roles }
            ? new(Address, name, roles, caller.Pattern)
            : throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{registry.Host}' does not answer as a registry of envelopes ({(int)answer.StatusCode}). Check the "
                + "address; to other registries log in with 'docker login' or 'skopeo login'.");
    }
}

/// <summary>What <c>/api/me</c> answers.</summary>
internal sealed record CallerDocument(string? Name, IReadOnlyList<string>? Roles, string? Pattern);
