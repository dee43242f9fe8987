using System.Security.Claims;
using EnvelopeSdk.Registry.Access.Tokens;

namespace EnvelopeSdk.Registry.Access;

/// <summary>What a caller may do, and with which envelopes. Nothing else decides it.</summary>
internal sealed class Grants
{
    /// <summary>The claim of a caller who is limited to some names, with their pattern.</summary>
    public const string NamesClaim = "names";

    /// <summary>The claims of who has a token, with what it lets do: for each scope one, and an empty one.</summary>
    public const string ScopesClaim = "scopes";

    private readonly HashSet<string> _roles;

    private Grants(IEnumerable<string> roles, NamePattern? names, IReadOnlyList<TokenScope>? scopes) =>
        (_roles, Names, Scopes) = ([.. roles], names, scopes);

    /// <summary>The names to which the caller is limited; null: all.</summary>
    public NamePattern? Names { get; }

    /// <summary>What the caller's token lets do of what the caller may; null: all, there is no token.</summary>
    public IReadOnlyList<TokenScope>? Scopes { get; }

    public IEnumerable<string> Roles => Role.All.Where(_roles.Contains);

    public bool IsLimited => Names is not null;

    /// <summary>What a caller was given, by the claims of who knew it.</summary>
    public static Grants Of(ClaimsPrincipal user) => new(
        user.FindAll(ClaimTypes.Role).Select(claim => claim.Value),
        user.FindFirst(NamesClaim) is { } names ? NamePattern.Parse(names.Value) : null,
        user.FindFirst(ScopesClaim) is null
            ? null
            : [.. user.FindAll(ScopesClaim).Select(claim => TokenScope.TryParse(claim.Value)).OfType<TokenScope>()]);

    /// <summary>The claims of somebody with roles.</summary>
    /// <param name="who">The name.</param>
    /// <param name="roles">The roles, which may contain others.</param>
    /// <param name="names">The names to which they are limited; null: all.</param>
    public static IEnumerable<Claim> ClaimsOf(string who, IReadOnlyCollection<string> roles, NamePattern? names) =>
    [
        new(ClaimTypes.Name, who),
        .. Role.Whole(roles).Select(role => new Claim(ClaimTypes.Role, role)),
        .. names is null ? (Claim[])[] : [new(NamesClaim, names.Text)],
    ];

    /// <summary>Whether the caller may do it at all: perhaps with some envelopes only.</summary>
    public bool May(string role) => _roles.Contains(role);

    public bool May(string role, string name) => May(role) && Names?.IsMatch(name) != false;

    /// <summary>Whether the caller may do it with what is about the envelopes of all names.</summary>
    public bool MayForAll(string role) => May(role) && !IsLimited;

    /// <exception cref="DeniedException">The caller may not.</exception>
    public void Ensure(string role, string name)
    {
        if (!May(role, name))
        {
            throw DeniedException.Of(role, name);
        }
    }
}
