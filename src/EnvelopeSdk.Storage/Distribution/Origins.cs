namespace EnvelopeSdk.Distribution;

/// <summary>Tells one server from another.</summary>
internal static class Origins
{
    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    public static bool IsOriginOf(this Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
