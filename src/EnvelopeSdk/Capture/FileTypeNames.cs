using System.Globalization;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The names of types that C# declares with <c>file</c>, as source generators do: the compiler writes them as
/// <c>&lt;Source&gt;F0123...__Name</c>, with the SHA-256 of the source file's path, which only has to tell files apart.
/// </summary>
internal static partial class FileTypeNames
{
    /// <summary>Gives each hash in metadata a number for it, of the same length, in the order of the types.</summary>
    public static void Number(MetadataReader metadata, Span<byte> bytes)
    {
        var hashes = metadata.TypeDefinitions.Select(t => metadata.GetString(metadata.GetTypeDefinition(t).Name))
            .Select(name => FileTypeName().Match(name)).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct();
        foreach (var (index, hash) in hashes.Index())
        {
            var number = Encoding.ASCII.GetBytes(index.ToString("X64", CultureInfo.InvariantCulture));
            Replace(bytes, Encoding.ASCII.GetBytes(hash), number);
        }
    }

    private static void Replace(Span<byte> bytes, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> number)
    {
        for (var at = bytes.IndexOf(hash); at >= 0; at = bytes.IndexOf(hash))
        {
            number.CopyTo(bytes[at..]);
            bytes = bytes[(at + hash.Length)..];
        }
    }

    [GeneratedRegex("^<[^>]*>F([0-9A-F]{64})__")]
    private static partial Regex FileTypeName();
}
