using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Journal;

/// <summary>
/// A JSON object in a line whose last member, <c>sum</c>, is the first half of the SHA-256 of the object without it, as
/// hexadecimal digits: a line that was changed or is not whole is no such line.
/// </summary>
internal static class SealedLine
{
    private const int SumLength = 32;

    private static ReadOnlySpan<byte> Before => ",\"sum\":\""u8;

    private static ReadOnlySpan<byte> Behind => "\"}"u8;

    /// <summary>Adds the member to an object that has others.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> json) =>
        [.. json[..^1], .. Before, .. Encoding.ASCII.GetBytes(SumOf(json)), .. Behind];

    /// <summary>Whether a line ends with such a member.</summary>
    public static bool HasSum(ReadOnlySpan<byte> line) =>
        line.Length > Before.Length + SumLength + Behind.Length
        && line.EndsWith(Behind)
        && line[^(Before.Length + SumLength + Behind.Length)..].StartsWith(Before);

    /// <summary>Whether a line is one that was sealed, and whole.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> line) =>
        HasSum(line)
        && Encoding.ASCII.GetString(line[^(SumLength + Behind.Length)..^Behind.Length])
            == SumOf([.. line[..^(Before.Length + SumLength + Behind.Length)], (byte)'}']);

    private static string SumOf(ReadOnlySpan<byte> json) =>
        Convert.ToHexStringLower(SHA256.HashData(json))[..SumLength];
}
