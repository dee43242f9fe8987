using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Writes the whole numbers of a JSON text as their digits alone.</summary>
internal static class WholeNumbers
{
    private const int MostDigits = 60;

    /// <summary>The text with 1.0 as 1, 1e2 as 100 and -0 as 0; all else as it is.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static byte[] Plain(byte[] text)
    {
        var plain = new List<byte>();
        var end = 0;
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                plain.AddRange(text[end..(int)reader.TokenStartIndex]);
                plain.AddRange(Plain(Encoding.ASCII.GetString(reader.ValueSpan)));
                end = (int)reader.BytesConsumed;
            }
        }

        return [.. plain, .. text[end..]];
    }

    private static byte[] Plain(string number) => Encoding.ASCII.GetBytes(
        number.Length <= MostDigits && BigInteger.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) && whole.GetBitLength() < 200 ? whole.ToString(CultureInfo.InvariantCulture) : number);
}
