using System.Text;
using System.Text.Unicode;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Strings of a column, most of which have few different ones: one that was there lately is not made again. For one
/// thread.
/// </summary>
internal sealed class TextPool
{
    private const int Longest = 64;
    private const int Size = 256;

    private readonly (byte[] Utf8, string Text)[] _lately = new (byte[], string)[Size];

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
