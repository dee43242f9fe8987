using System.Text.RegularExpressions;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// Names an artifact in a registry: <c>oci://host[:port]/repository[:tag][@sha256:...]</c>, with the grammar of the OCI
/// distribution specification 1.1. A digest counts before a tag.
/// </summary>
/// <param name="Host">The registry, with its port where one is given.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The tag; <c>latest</c> where neither tag nor digest is given.</param>
/// <param name="Digest">The digest of the manifest, if it is given.</param>
internal sealed partial record OciReference(string Host, string Repository, string? Tag, Digest? Digest)
{
    public const string Scheme = "oci://";

    private const string DefaultTag = "latest";
    private const string Form = "Write oci://HOST/REPOSITORY:TAG, as in 'oci://ghcr.io/team/diamond-price:v1', or "
        + "oci://HOST/REPOSITORY@sha256: and all 64 hexadecimal digits.";

    /// <summary>The registry without its port.</summary>
    public string HostName => PortForm().Replace(Host, "");

    /// <summary>Whether what is said to this registry stays on this machine. Only then is it not encrypted.</summary>
    public bool IsLoopback => HostName is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>The address of the repository in the registry's interface, with a slash at its end.</summary>
    public Uri Endpoint =>
        new($"{(IsLoopback ? "http" : "https")}://{InterfaceHost}/v2/{Repository}/");

    /// <summary>What the interface calls the manifest: its digest, else its tag.</summary>
    public string Manifest => Digest?.ToString() ?? Tag ?? DefaultTag;

    // Docker Hub is known by a name that its interface does not have.
    private string InterfaceHost => Host == "docker.io" ? "registry-1.docker.io" : Host;

    /// <summary>Whether a text is the address of an artifact in a registry, well-formed or not.</summary>
    public static bool IsAddress(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the written form.</summary>
    /// <exception cref="EnvelopeException">It is none.</exception>
    public static OciReference Parse(string address)
    {
        if (!IsAddress(address))
        {
            throw Invalid(address, $"does not begin with '{Scheme}'");
        }

        var rest = address[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !HostForm().IsMatch(rest[..slash])
            || !Uri.TryCreate($"https://{rest[..slash]}/", UriKind.Absolute, out _))
        {
            throw Invalid(address, slash < 0 ? "names no repository" : $"has no host: '{rest[..slash]}'");
        }

        var (path, digest) = SplitDigest(address, rest[(slash + 1)..]);
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var (repository, tag) = colon < 0 ? (path, null) : (path[..colon], path[(colon + 1)..]);
        if (tag is not null && !IsTag(tag))
        {
            throw Invalid(
                address,
                $"has no tag: '{tag}' is not 1 to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'");
        }

        tag ??= digest is null ? DefaultTag : null;
        return new(rest[..slash], CheckRepository(address, repository), tag, digest);
    }

    /// <summary>Whether it is the name of a repository.</summary>
    public static bool IsRepository(string name) => name.Length <= 255 && RepositoryForm().IsMatch(name);

    /// <summary>Whether it is a tag.</summary>
    public static bool IsTag(string tag) => TagForm().IsMatch(tag);

    /// <summary>Checks the name of a repository.</summary>
    /// <exception cref="EnvelopeException">It has not the form of one.</exception>
    public static string CheckRepository(string address, string repository) =>
        IsRepository(repository) ? repository : throw Invalid(
            address,
            $"has no repository: '{repository}' is not lower-case letters and digits, with '.', '_', '__' or '-' "
            + "between them and '/' between parts");

    /// <summary>Whether nobody can listen there: it is encrypted, or on this machine as the registry is.</summary>
    public bool MaySpeakTo(Uri address) => address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && IsLoopback);

    public override string ToString() =>
        $"{Scheme}{Host}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is { } digest ? "@" + digest : "")}";

    private static (string Path, Digest? Digest) SplitDigest(string address, string path)
    {
        var at = path.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return (path, null);
        }

        return Envelopes.Digest.TryParse(path[(at + 1)..], out var digest)
            ? (path[..at], digest)
            : throw Invalid(address, $"has no digest: '{path[(at + 1)..]}' is not sha256: and 64 hexadecimal digits");
    }

    private static EnvelopeException Invalid(string address, string reason) =>
        new(EnvelopeError.Invalid, $"'{address}' {reason}. {Form}");

    [GeneratedRegex(@"^(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)(:[0-9]{1,5})?\z")]
    private static partial Regex HostForm();

    [GeneratedRegex(@":[0-9]+\z")]
    private static partial Regex PortForm();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryForm();

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex TagForm();
}
