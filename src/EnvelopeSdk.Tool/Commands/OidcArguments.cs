using System.CommandLine;
using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The options of <c>envelope registry</c> that name an issuer of OpenID Connect.</summary>
internal sealed class OidcArguments
{
    private readonly Option<string?> _authority = new("--oidc-authority")
    {
        Description = "An issuer of OpenID Connect, whose tokens let in: https://login.example/realm.",
    };

    private readonly Option<string?> _audience = new("--oidc-audience")
    {
        Description = "What the issuer calls this registry.",
    };

    private readonly Option<string?> _roleClaim = new("--oidc-role-claim")
    {
        Description = "The claim of its tokens that has the roles; else 'roles'.",
    };

    private readonly Option<string[]> _roles = new("--oidc-role")
    {
        Description = "A value of that claim and its role: ml-team=save. Without any, values are the roles' names.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_authority, _audience, _roleClaim, _roles])
        {
            command.Options.Add(option);
        }
    }

    /// <returns>Null when none is named.</returns>
    /// <exception cref="EnvelopeException">A mapping has another form, or the issuer is not named.</exception>
    public OidcOptions? Read(ParseResult parsed)
    {
        var (audience, claim) = (parsed.GetValue(_audience), parsed.GetValue(_roleClaim));
        var roles = (parsed.GetValue(_roles) ?? []).Select(Role).ToDictionary(StringComparer.Ordinal);
        if (parsed.GetValue(_authority) is { } authority)
        {
            var oidc = new OidcOptions { Authority = authority, Audience = audience ?? "", Roles = roles };
            return claim is null ? oidc : oidc with { RoleClaim = claim };
        }

        return audience is null && claim is null && roles.Count == 0
            ? null
            : throw new EnvelopeException(
                EnvelopeError.Invalid, "Nobody knows whose tokens are meant. Name the issuer with --oidc-authority.");
    }

    private static KeyValuePair<string, string> Role(string text) => text.Split('=') is [{ Length: > 0 } value, var role]
        ? new(value, role)
        : throw new EnvelopeException(
            EnvelopeError.Invalid, $"'{text}' maps no value to a role. Write --oidc-role VALUE=ROLE: ml-team=save.");
}
