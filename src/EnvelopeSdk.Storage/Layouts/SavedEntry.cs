using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// An envelope in the order of its name: when it was saved last, and its digest. As text it is a line of
/// <see cref="Length"/> bytes: the time in UTC, the digest, and the first digits of the SHA-256 of both, by which a
/// changed line is noticed.
/// </summary>
internal readonly record struct SavedEntry(DateTimeOffset Saved, Digest Digest) : IComparable<SavedEntry>
{
    /// <summary>The bytes of a line, its line feed included.</summary>
    public const int Length = CheckedLength + 1 + SumLength + 1;

    private const int TimeLength = 28;
    private const int CheckedLength = TimeLength + 1 + 71;
    private const int SumLength = 8;

    /// <summary>The order: by time, and of two at one time by digest.</summary>
    public int CompareTo(SavedEntry other) => Saved.CompareTo(other.Saved) is not 0 and var order
        ? order
        : string.CompareOrdinal(Digest.Hex, other.Digest.Hex);

    /// <summary>The line.</summary>
    public byte[] ToLine()
    {
        var text = $"{Saved.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {Digest}";
        return Encoding.ASCII.GetBytes($"{text} {SumOf(Encoding.ASCII.GetBytes(text))}\n");
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Null when it is not one that was written whole.</returns>
    public static SavedEntry? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length != Length || line[^1] != '\n' || line[TimeLength] != ' ' || line[CheckedLength] != ' ')
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(line[..^1]);
        return text[(CheckedLength + 1)..] == SumOf(line[..CheckedLength])
            && DateTime.TryParseExact(
                text[..TimeLength], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && Digest.TryParse(text[(TimeLength + 1)..CheckedLength], out var digest)
            ? new(new(time), digest)
            : null;
    }

    private static string SumOf(ReadOnlySpan<byte> text) =>
        Convert.ToHexStringLower(SHA256.HashData(text))[..SumLength];
}
