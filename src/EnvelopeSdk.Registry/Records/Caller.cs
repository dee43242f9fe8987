using System.Security.Claims;

namespace EnvelopeSdk.Registry.Records;

/// <summary>Who makes a change, and by what the registry knows them.</summary>
/// <param name="Who">The name: of a user, or of a key.</param>
/// <param name="Via">The way of knowing: the scheme of authentication.</param>
internal sealed record Caller(string Who, string Via)
{
    public static Caller Of(ClaimsPrincipal user) => new(
        user.Identity?.Name ?? throw new InvalidOperationException("Nobody changes anything who is not known."),
        user.Identity.AuthenticationType ?? "");
}
