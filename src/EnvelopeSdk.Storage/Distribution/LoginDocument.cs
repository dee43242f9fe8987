using System.Text;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// What <c>docker login</c>, <c>podman login</c> and <c>skopeo login</c> wrote: passwords, or the programs that keep
/// them.
/// </summary>
internal sealed record LoginDocument(
    IReadOnlyDictionary<string, LoginEntry?>? Auths,
    IReadOnlyDictionary<string, string?>? CredHelpers,
    string? CredsStore)
{
    /// <summary>The entry of the first name that has one with a password in it.</summary>
    public RegistryCredential? Find(IEnumerable<string> names) =>
        names.Select(Find).FirstOrDefault(one => one is not null);

    private RegistryCredential? Find(string name) => Auths?
        .Where(entry => Plain(entry.Key) == name)
        .Select(entry => entry.Value?.Credential)
        .FirstOrDefault(credential => credential is not null);

    /// <summary>Older versions wrote the address of the interface, as in <c>https://HOST/v1/</c>.</summary>
    private static string Plain(string key)
    {
        var start = key.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return key.TrimEnd('/');
        }

        var rest = key[(start + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }
}

/// <summary>An entry: name and password, in one text that anybody can read.</summary>
internal sealed record LoginEntry(
    string? Auth, string? Username, string? Password,
    [property: JsonPropertyName("identitytoken")] string? IdentityToken)
{
    [JsonIgnore]
    public RegistryCredential? Credential
    {
        get
        {
            var (user, password) = Decoded?.Split(':', 2) is [var name, var secret]
                ? (name, secret.TrimEnd('\0'))
                : (Username, Password);
            return user is { Length: > 0 } || IdentityToken is { Length: > 0 }
                ? new(user, password, IdentityToken is { Length: > 0 } token ? token : null)
                : null;
        }
    }

    private string? Decoded
    {
        get
        {
            var bytes = new byte[Auth?.Length ?? 0];
            return Convert.TryFromBase64String(Auth ?? "", bytes, out var length)
                ? Encoding.UTF8.GetString(bytes, 0, length)
                : null;
        }
    }
}

/// <summary>What a program that keeps passwords answers.</summary>
internal sealed record HelperDocument(
    [property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret);
