namespace EnvelopeSdk.Registry.Data.Databases;

/// <summary>
/// Texts of users in columns. PostgreSQL takes any character but U+0000, which a tag may have: it is written as U+001B
/// and <c>0</c>, and U+001B as itself and <c>1</c>.
/// </summary>
internal static class StoredText
{
    public static string Write(string text) => text.AsSpan().IndexOfAny('\0', '\x1b') < 0
        ? text
        : text.Replace("\x1b", "\x1b" + "1", StringComparison.Ordinal)
            .Replace("\0", "\x1b" + "0", StringComparison.Ordinal);

    public static string Read(string text) => !text.Contains('\x1b', StringComparison.Ordinal)
        ? text
        : text.Replace("\x1b" + "0", "\0", StringComparison.Ordinal)
            .Replace("\x1b" + "1", "\x1b", StringComparison.Ordinal);
}
