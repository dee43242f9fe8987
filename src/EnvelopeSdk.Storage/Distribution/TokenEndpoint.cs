namespace EnvelopeSdk.Distribution;

/// <summary>Gets tokens from where a registry sends those who ask, which may be another server.</summary>
internal sealed class TokenEndpoint(OciReference registry, RegistryOptions options)
{
    private const string Asked = "give a token for the use";
    private const int LongestToken = 1 << 20;

    /// <exception cref="EnvelopeException">It gives none.</exception>
    public async Task<string> GetAsync(
        string realm, string? service, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        var address = Check(realm);
        var isOurs = service == Challenge.OurService && registry.Endpoint.IsOriginOf(address);
        var credential = await options.Credentials.FindAsync(registry, isOurs, cancellationToken);
        var patience = new Patience(registry, options, Asked);
        while (true)
        {
            try
            {
                using var request = Request(address, service, scopes, credential);
                return await SendAsync(request, cancellationToken);
            }
            catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
            {
                await patience.WaitAsync(failure, cancellationToken);
            }
        }
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(options.IdleTimeout);
        using var answer = await RegistryHttp.ClientOf(registry).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, idle.Token);
        if (!answer.IsSuccessStatusCode)
        {
            var failure = await RegistryFailure.OfAsync(registry, Asked, answer, idle.Token);
            throw RegistryBusyException.Is(answer.StatusCode)
                ? new RegistryBusyException(failure, RegistryBusyException.Wait(answer, options.Clock))
                : failure;
        }

        var body = await RegistryBody.TryReadAsync(
            answer, LongestToken, Timeout.InfiniteTimeSpan, idle.Token) ?? [];
        var document = DistributionJsonContext.TryRead(body, DistributionJsonContext.Default.TokenDocument);
        return (document?.Token ?? document?.AccessToken) is { Length: > 0 } token
            ? token
            : throw RegistryFailure.Damaged(registry, Asked, "the answer has no token");
    }

    private static HttpRequestMessage Request(
        Uri address, string? service, IReadOnlyCollection<string> scopes, RegistryCredential? credential)
    {
        if (credential?.IdentityToken is { } refresh)
        {
            Dictionary<string, string> form = new()
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = "EnvelopeSdk",
                ["service"] = service ?? "",
                ["scope"] = string.Join(' ', scopes),
                ["refresh_token"] = refresh,
            };
            return new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        }

        var asked = scopes.Select(scope => $"scope={Uri.EscapeDataString(scope)}");
        asked = service is null ? asked : asked.Prepend($"service={Uri.EscapeDataString(service)}");
        var query = string.Join('&', asked.Prepend(address.Query.TrimStart('?')).Where(part => part.Length > 0));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Query = query }.Uri);
        request.Headers.Authorization = credential?.User is null ? null : RegistryAuthorization.Basic(credential);
        return request;
    }

    /// <summary>A password goes nowhere without encryption, but on this machine.</summary>
    private Uri Check(string realm) =>
        Uri.TryCreate(realm, UriKind.Absolute, out var address) && registry.MaySpeakTo(address)
            ? address
            : throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The registry '{registry.Host}' has tokens given by '{realm}', which is no https address. "
                + "Ask whoever runs it to use https.");
}
