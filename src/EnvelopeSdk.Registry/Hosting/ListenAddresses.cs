using EnvelopeSdk.Registry.Access;

namespace EnvelopeSdk.Registry.Hosting;

/// <summary>Where a registry may listen.</summary>
internal static class ListenAddresses
{
    /// <exception cref="EnvelopeException">One is no address, or other machines reach it.</exception>
    public static void Check(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(url) is not { Scheme: "http" or "https" })
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"'{url}' is no address to listen on. Write http://127.0.0.1:PORT.");
            }

            if (!OwnAddresses.IsLoopback(url))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"'{url}' can be reached from other machines, and this registry lets its starter in alone. Listen "
                    + "on 127.0.0.1, and reach it through an SSH tunnel.");
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
