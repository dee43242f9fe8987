using System.Text;

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

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var at = (utf8[0] + (31 * utf8[^1]) + (7 * utf8.Length) + (131 * utf8[utf8.Length / 2])) % Size;
        ref var one = ref _lately[at];
        if (one.Utf8 is null || !utf8.SequenceEqual(one.Utf8))
        {
            one = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return one.Text;
    }
}
