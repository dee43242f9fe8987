namespace EnvelopeSdk.Distribution;

/// <summary>The addresses of registries of envelopes, as people write them.</summary>
internal static class RegistryAddress
{
    /// <summary>Reads one, which may have no scheme.</summary>
    /// <exception cref="EnvelopeException">It is none, or what is said there can be read by others.</exception>
    public static Uri Parse(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"{SchemeOf(text)}://{text}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && address.Host.Length > 0
                ? address
                : throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{text}' is no address of a registry to which a key can be sent. Write https://HOST, or "
                    + "http://127.0.0.1:PORT on this machine.");
    }

    private static string SchemeOf(string text) =>
        Uri.TryCreate("http://" + text, UriKind.Absolute, out var address) && address.IsLoopback ? "http" : "https";
}
