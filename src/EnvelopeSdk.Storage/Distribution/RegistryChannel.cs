using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// Sends requests about one repository: with what proves who asks, to the registry alone; along redirections, which
/// must not leave encryption; again, while the registry is busy or the connection breaks.
/// </summary>
internal sealed class RegistryChannel(OciReference registry, RegistryOptions options)
{
    private const int MostHops = 5;
    private const int MostChallenges = 3;

    private readonly RegistryAuthorization _authorization = new(registry, options);

    public OciReference Registry => registry;

    public RegistryOptions Options => options;

    /// <summary>Whether a failure is one of the connection, or of a registry that is busy.</summary>
    public static bool IsTransient(Exception failure, CancellationToken cancellationToken) =>
        failure is RegistryBusyException or HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Whether a failure of the connection can be gone in a moment.</summary>
    public static bool MayPass(Exception failure) => failure is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
    } and not HttpRequestException { InnerException: AuthenticationException };

    /// <summary>Does something again and again until it works.</summary>
    /// <exception cref="EnvelopeException">It does not.</exception>
    public async Task<T> TryAsync<T>(string asked, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var patience = new Patience(registry, options, asked);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (IsTransient(failure, cancellationToken))
            {
                await patience.WaitAsync(failure, cancellationToken);
            }
        }
    }

    /// <summary>Sends a request until it is answered.</summary>
    public Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, string asked, CancellationToken cancellationToken) =>
        TryAsync(asked, () => SendOnceAsync(make, asked, cancellationToken), cancellationToken);

    /// <summary>Sends a request once, or once more with what proves who asks.</summary>
    /// <param name="make">Makes the request; each one is sent once.</param>
    /// <param name="asked">What is asked for, for people.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    /// <exception cref="RegistryBusyException">The registry cannot answer just now.</exception>
    public async Task<HttpResponseMessage> SendOnceAsync(
        Func<HttpRequestMessage> make, string asked, CancellationToken cancellationToken)
    {
        for (var challenges = 0; ; challenges++)
        {
            var used = _authorization.Current;
            var answer = await FollowAsync(make, used, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && challenges < MostChallenges
                && registry.Endpoint.IsOriginOf(answer.RequestMessage!.RequestUri!)
                && await _authorization.RefreshAsync(answer.Headers.WwwAuthenticate, used, cancellationToken))
            {
                answer.Dispose();
                continue;
            }

            if (!RegistryBusyException.Is(answer.StatusCode))
            {
                return answer;
            }

            using (answer)
            {
                throw new RegistryBusyException(
                    await RegistryFailure.OfAsync(registry, asked, answer, cancellationToken),
                    RegistryBusyException.Wait(answer, options.Clock));
            }
        }
    }

    /// <summary>Where the registry says to go on.</summary>
    /// <exception cref="EnvelopeException">What is said there could be read or changed by others.</exception>
    public Uri Next(Uri from, Uri location)
    {
        var next = new Uri(from, location);
        return registry.MaySpeakTo(next)
            ? next
            : throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The registry '{registry.Host}' sends what is asked of '{registry.Repository}' on to "
                + $"'{next.GetLeftPart(UriPartial.Authority)}', without encryption. Ask whoever runs it to use https.");
    }

    private async Task<HttpResponseMessage> FollowAsync(
        Func<HttpRequestMessage> make, AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        Uri? target = null;
        for (var hops = 0; ; hops++)
        {
            using var request = make();
            request.RequestUri = target ??= request.RequestUri!;
            if (registry.Endpoint.IsOriginOf(target))
            {
                request.Headers.Authorization = authorization;
            }

            var answer = await SendWatchedAsync(request, cancellationToken);
            if (hops == MostHops || answer.Headers.Location is not { } location || !IsRedirection(request, answer))
            {
                return answer;
            }

            answer.Dispose();
            target = Next(target, location);
        }
    }

    private async Task<HttpResponseMessage> SendWatchedAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(options.IdleTimeout);
        if (request.Content is SliceContent slice)
        {
            slice.Progressed = () => idle.CancelAfter(options.IdleTimeout);
        }

        return await RegistryHttp.ClientOf(registry).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, idle.Token);
    }

    private static bool IsRedirection(HttpRequestMessage request, HttpResponseMessage answer) =>
        answer.StatusCode switch
        {
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther =>
                request.Method == HttpMethod.Get || request.Method == HttpMethod.Head,
            _ => false,
        };
}
