using EnvelopeSdk.Gateway;

namespace EnvelopeSdk.Registry.Access;

/// <summary>Who else says who somebody is: an issuer of OpenID Connect.</summary>
public sealed record OidcOptions
{
    /// <summary>The address of the issuer, whose keys are read there; https, or http on this machine.</summary>
    public required string Authority { get; init; }

    /// <summary>For whom its tokens have to be: the name by which it knows this registry.</summary>
    public required string Audience { get; init; }

    /// <summary>
    /// The claim whose values are roles, or are mapped to them; <c>realm_access.roles</c> is a member of a claim.
    /// </summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The role that each value of the claim is; empty: the values are the roles' names.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks that it can be so.</summary>
    /// <exception cref="EnvelopeException">It cannot.</exception>
    internal void Check()
    {
        if (ListenAddresses.Parse(Authority) is not { } address
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{Authority}' is no issuer whose keys can be trusted. Give an https address, or http on 127.0.0.1.");
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Tokens of '{Authority}' could be for anybody. Say with --oidc-audience how it calls this registry.");
        }

        if (Roles.Count > 0)
        {
            Role.Check([.. Roles.Values]);
        }
    }

    /// <summary>The roles of somebody whose claim has some values.</summary>
    internal IReadOnlyCollection<string> RolesOf(IEnumerable<string> values) => Roles.Count == 0
        ? [.. values.Where(Role.All.Contains)]
        : [.. values.Select(value => Roles.GetValueOrDefault(value)).OfType<string>().Distinct()];
}
