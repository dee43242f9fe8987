using System.Security.Claims;
using EnvelopeSdk.Distribution;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Records;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>
/// Tokens of a few minutes for <c>/v2/</c>: JSON Web Tokens that say who asked for them and what they let do, at most.
/// </summary>
internal sealed class AccessTokens(TokenKeys signing, KeyStore keys, TimeProvider clock)
{
    /// <summary>Who gives and takes them.</summary>
    public const string Service = Challenge.OurService;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string ViaClaim = "via";
    private const string RoleClaim = "roles";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Who says to have given a token.</summary>
    /// <returns>Null when it is no JSON Web Token.</returns>
    public static string? IssuerOf(string text)
    {
        try
        {
            return text.StartsWith("ey", StringComparison.Ordinal) ? new JsonWebToken(text).Issuer : null;
        }
        catch (Exception failure) when (failure is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>Makes a token for a caller, of what the caller may of what is asked.</summary>
    public async Task<(string Text, IReadOnlyList<TokenScope> Scopes)> GiveAsync(
        ClaimsPrincipal caller, IEnumerable<TokenScope> asked, CancellationToken cancellationToken)
    {
        var (known, grants, now) = (Caller.Of(caller), Grants.Of(caller), clock.GetUtcNow());
        List<TokenScope> scopes = [.. asked.Select(one => one.Within(grants)).OfType<TokenScope>()];
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Name] = known.Who,
            [ViaClaim] = known.Via,
            [RoleClaim] = grants.Roles.ToArray(),
            [Grants.ScopesClaim] = scopes.Select(one => one.ToString()).ToArray(),
        };
        if (known.Via == KeyHandler.SchemeName)
        {
            claims[JwtRegisteredClaimNames.Sub] = caller.FindFirstValue(ClaimTypes.NameIdentifier)!;
        }

        return (
            _handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Service,
                Audience = Service,
                Claims = claims,
                IssuedAt = now.UtcDateTime,
                Expires = (now + Lifetime).UtcDateTime,
                SigningCredentials = new(await signing.GetAsync(cancellationToken), SecurityAlgorithms.HmacSha256),
            }),
            scopes);
    }

    /// <summary>Who has sent a token, and what it lets do. Of a key's holder the key says what, as it is now.</summary>
    /// <returns>Null when it is none that is valid.</returns>
    public async Task<ClaimsPrincipal?> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var result = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = Service,
            ValidAudience = Service,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = await signing.GetAsync(cancellationToken),
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            return null;
        }

        var scopes = token.Claims.Where(claim => claim.Type == Grants.ScopesClaim)
            .Select(claim => claim.Value).Prepend(""); // also a token that lets do nothing is limited to that
        var via = token.GetClaim(ViaClaim).Value;
        ClaimsPrincipal? who = null;
        if (via != KeyHandler.SchemeName)
        {
            List<string> roles = [.. token.Claims.Where(one => one.Type == RoleClaim).Select(one => one.Value)];
            who = new(new ClaimsIdentity(
                Grants.ClaimsOf(token.GetClaim(JwtRegisteredClaimNames.Name).Value, roles, names: null), via));
        }
        else if (await keys.FindByIdAsync(token.Subject, cancellationToken) is { } key)
        {
            who = KeyHandler.Holder(key);
        }

        who?.Identities.Single().AddClaims(scopes.Select(scope => new Claim(Grants.ScopesClaim, scope)));
        return who;
    }
}
