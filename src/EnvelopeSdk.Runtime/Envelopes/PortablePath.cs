using System.Buffers;
using System.Text;

namespace EnvelopeSdk.Envelopes;

/// <summary>The paths that every file system can have, and that lead nowhere else on any.</summary>
internal static class PortablePath
{
    private const int LongestPart = 255;
    private const int Longest = 1024;

    private static readonly SearchValues<char> Refused =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(one => (char)one), '\x7f', .. "<>:\"\\|?*"]);

    /// <summary>Devices of Windows, which it finds in every folder, whatever follows a dot.</summary>
    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. from port in (string[])["COM", "LPT"] from digit in "0123456789\u00b9\u00b2\u00b3" select port + digit,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Says what keeps a path from being one within an envelope; null when nothing does.</summary>
    public static string? WhyNot(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return "is absent or empty";
        }

        if (path.AsSpan().ContainsAny(Refused))
        {
            return "has a character that a file's name cannot have on Windows";
        }

        if (Encoding.UTF8.GetByteCount(path) > Longest)
        {
            return $"has more than {Longest} bytes";
        }

        return path.Split('/').Select(WhyNotPart).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>The same for all paths that some file system takes for one.</summary>
    public static string KeyOf(string path) => path.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    private static string? WhyNotPart(string part) => part switch
    {
        "" or "." or ".." => "does not lie within the envelope",
        [.., '.' or ' '] => "has a part that ends with a dot or a space, which Windows takes away",
        _ when Encoding.UTF8.GetByteCount(part) > LongestPart => $"has a part of more than {LongestPart} bytes",
        _ when Devices.Contains(part.Split('.')[0].TrimEnd(' ')) => "has the name of a device of Windows",
        _ => null,
    };
}
