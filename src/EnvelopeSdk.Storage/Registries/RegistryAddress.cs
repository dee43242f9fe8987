using EnvelopeSdk.Distribution;

namespace EnvelopeSdk.Registries;

/// <summary>
/// The address of a registry of envelopes: <c>https://HOST[:PORT]</c>, or <c>http://</c> on this machine.
/// </summary>
internal static class RegistryAddress
{
    /// <summary>Whether a text is such an address, well-formed or not.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <returns>The registry, and of it no repository.</returns>
    /// <exception cref="EnvelopeException">It is none.</exception>
    public static OciReference Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.HostNameType == UriHostNameType.Unknown || address.Host.Length == 0)
        {
            throw Invalid(text, "is no address. Write https://HOST or https://HOST:PORT.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Invalid(
                "https://...@" + address.Authority,
                "has a password in it. Take it out, and log in: 'envelope login'.");
        }

        if (address.PathAndQuery != "/" || address.Fragment.Length > 0)
        {
            throw Invalid(text, $"has more than a host. Write {address.GetLeftPart(UriPartial.Authority)}.");
        }

        var registry = new OciReference(address.Authority, "", null, null);
        return registry.IsLoopback == (address.Scheme == "http")
            ? registry
            : throw Invalid(text, registry.IsLoopback
                ? $"is on this machine, where nothing is encrypted. Write http://{address.Authority}."
                : $"is on another machine, and others could read what is sent there. Write https://{address.Authority}.");
    }

    /// <summary>The same of an address that may have no scheme, as people type it: <c>registry.example</c>.</summary>
    public static OciReference ParseShort(string text) => Parse(
        text.Contains("://", StringComparison.Ordinal) ? text
        : new OciReference(text, "", null, null).IsLoopback ? $"http://{text}" : $"https://{text}");

    private static EnvelopeException Invalid(string text, string reason) =>
        new(EnvelopeError.Invalid, $"'{text}' {reason}");
}
