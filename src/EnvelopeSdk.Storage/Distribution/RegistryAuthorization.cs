using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// What proves to one registry who asks: name and password, or a token that grows with what is asked for.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose handle nobody asked for holds nothing.")]
internal sealed class RegistryAuthorization(OciReference registry, RegistryOptions options)
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SortedSet<string> _scopes = new(StringComparer.Ordinal);
    private readonly TokenEndpoint _tokens = new(registry, options);
    private volatile AuthenticationHeaderValue? _current;

    /// <summary>The header to send; null before the registry has asked for one.</summary>
    public AuthenticationHeaderValue? Current => _current;

    /// <summary>Gets what the registry asks for.</summary>
    /// <param name="challenges">How it asks.</param>
    /// <param name="used">The header that it refused.</param>
    /// <param name="cancellationToken">Stops the getting.</param>
    /// <returns>Whether there is another one to try.</returns>
    public async Task<bool> RefreshAsync(
        IEnumerable<AuthenticationHeaderValue> challenges, AuthenticationHeaderValue? used,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(_current, used))
            {
                return true; // another request, which was refused at the same time, got one
            }

            var asked = challenges.Select(Challenge.Of).ToList();
            var next = asked.Find(one => one.Is("Bearer")) is { } bearer
                ? await BearerAsync(bearer, cancellationToken)
                : asked.Find(one => one.Is("Basic")) is { } basic ? await BasicAsync(basic, used, cancellationToken) : null;
            _current = next ?? _current;
            return next is not null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Name and password as the scheme Basic has them (RFC 7617).</summary>
    public static AuthenticationHeaderValue Basic(RegistryCredential credential) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}")));

    private async Task<AuthenticationHeaderValue?> BasicAsync(
        Challenge challenge, AuthenticationHeaderValue? used, CancellationToken cancellationToken)
    {
        if (used is not null)
        {
            return null; // it knows them, and does not want them
        }

        var credential = await options.Credentials.FindAsync(
            registry, challenge["realm"] == Challenge.OurRealm, cancellationToken);
        return credential?.User is null ? null : Basic(credential);
    }

    private async Task<AuthenticationHeaderValue?> BearerAsync(Challenge challenge, CancellationToken cancellationToken)
    {
        if (challenge["realm"] is not { } realm)
        {
            return null;
        }

        _scopes.UnionWith((challenge["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return new("Bearer", await _tokens.GetAsync(realm, challenge["service"], _scopes, cancellationToken));
    }
}
