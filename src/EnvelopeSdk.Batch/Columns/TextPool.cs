using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Strings of a column, most of which have few different ones: one that was there lately is not made again. For one
/// thread.
/// </summary>
internal sealed class TextPool
{
    /// <summary>Up to how many bytes lie where the string is, and are compared at once.</summary>
    public const int Short = 12;

    private const int Longest = 64;
    private const int Size = 256;

    private readonly (byte[] Utf8, string Text)[] _lately = new (byte[], string)[Size];
    private readonly (ulong First, ulong Last, string? Text)[] _short = new (ulong, ulong, string?)[Size];

    /// <summary>The string of at most 12 bytes.</summary>
    /// <param name="first">Its length in the lowest 4 bytes, and its first 4 bytes.</param>
    /// <param name="last">The others.</param>
    /// <returns>Null when they are no UTF-8.</returns>
    public string? OfShort(ulong first, ulong last)
    {
        const ulong Odd = 0x9E3779B97F4A7C15; // spreads all bits over the highest (Knuth, TAOCP 3, 6.4)
        ref var one = ref _short[(first ^ (last * Odd)) * Odd >> 56];
        if (one.First == first && one.Last == last && one.Text is not null)
        {
            return one.Text;
        }

        Span<ulong> all = [first, last];
        if (Made(MemoryMarshal.AsBytes(all).Slice(sizeof(int), (int)first)) is not { } made)
        {
            return null;
        }

        one = (first, last, made);
        return made;
    }

    /// <summary>The string of some bytes.</summary>
    /// <returns>Null when they are no UTF-8.</returns>
    public string? Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > Longest)
        {
            return Made(utf8);
        }

        var at = (utf8[0] + (31 * utf8[^1]) + (7 * utf8.Length) + (131 * utf8[utf8.Length / 2])) % Size;
        ref var one = ref _lately[at];
        if (one.Utf8 is not null && utf8.SequenceEqual(one.Utf8))
        {
            return one.Text;
        }

        if (Made(utf8) is not { } made)
        {
            return null;
        }

        one = (utf8.ToArray(), made);
        return made;
    }

    private static string? Made(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;
}
