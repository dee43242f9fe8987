using System.Text;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Texts that are JSON, or nearly: seeds with some bytes changed, and tokens in any order.</summary>
/// <param name="random">Where randomness comes from.</param>
/// <param name="seeds">Values that a type has.</param>
internal sealed class JsonFuzz(Random random, IReadOnlyList<string> seeds)
{
    private static readonly byte[][] Tokens = [.. Texts().Select(Encoding.UTF8.GetBytes), [0xC3], [0xE5, 0xA4], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBB, 0xBF], [0]];

    private readonly byte[][] _seeds = [.. seeds.Select(seed => Encoding.UTF8.GetBytes($$"""{"value":{{seed}}}"""))];

    public byte[] Next() => random.Next(4) switch
    {
        0 => [.. "{\"value\":"u8, .. Sequence(), .. "}"u8],
        1 when random.Next(8) == 0 => Sequence(),
        _ => Changed(),
    };

    private static IEnumerable<string> Texts() =>
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "-", "+", ".", "e", "E", "0", "1", "9", "5", " ", "\t", "\n", "\r", "/", "//", "/**/", "'", "true", "false", "null", "NaN", "Infinity", "tru", "nul",
        "\\u0000", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u12", "\\x", "\\\"", "\\n", "\"a\"", "\"value\"", "\"x\"", "\"$type\"", "\"circle\"", "\"group\"", "é", "\u2028", "\u007f",
        "-0", "00", "01", "1.0", "1.", ".5", "1e5", "1e+5", "1e-5", "1e999", "-1e999", "1e-999", "1e", "1e+", "-", "0.1", "2147483648", "9223372036854775808", "18446744073709551616", "123456789012345678901234567890", "79228162514264337593543950336", "3.4028236e38", "65520",
    ];

    private byte[] Sequence() => [.. Enumerable.Range(0, random.Next(1, 12)).SelectMany(_ => Tokens[random.Next(Tokens.Length)])];

    private byte[] Changed()
    {
        var text = new List<byte>(_seeds[random.Next(_seeds.Length)]);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var place = random.Next(text.Count + 1);
            var length = Math.Min(random.Next(1, 5), text.Count - place);
            switch (random.Next(6))
            {
                case 0 when length > 0:
                    text[place] = (byte)random.Next(256);
                    break;
                case 1 when length > 0:
                    text[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    text.RemoveRange(place, length);
                    break;
                case 3:
                    text.InsertRange(place, text.GetRange(place, length));
                    break;
                case 4:
                    var other = _seeds[random.Next(_seeds.Length)];
                    text.InsertRange(place, other[random.Next(other.Length)..]);
                    break;
                default:
                    text.InsertRange(place, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }

        return [.. text];
    }
}
