namespace EnvelopeSdk.Registry.Hosting;

/// <summary>Where a registry may listen.</summary>
internal static class ListenAddresses
{
    public static IReadOnlyList<string> Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="EnvelopeException">One is no address.</exception>
    public static void Check(string urls)
    {
        foreach (var url in Split(urls))
        {
            if (Parse(url) is not { Scheme: "http" or "https" })
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{url}' is no address to listen on. Write http://127.0.0.1:PORT.");
            }
        }
    }

    /// <summary>An address to listen on, where all addresses of the machine are written as a star or a plus.</summary>
    public static Uri? Parse(string url) =>
        Uri.TryCreate(url.Replace("://*", "://0.0.0.0").Replace("://+", "://0.0.0.0"), UriKind.Absolute, out var address)
            ? address
            : null;

    public static EnvelopeException NotListening(string urls, IOException failure) => new(
        EnvelopeError.Unavailable,
        $"The registry cannot listen on {urls}: {failure.Message} Give another --urls, or end what listens there.",
        failure);
}
