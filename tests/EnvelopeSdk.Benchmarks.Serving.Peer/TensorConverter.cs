using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Measured.Peer;

/// <summary>
/// Reads <c>float[,,]</c>, which System.Text.Json does not know, in one pass and into memory that is lent.
/// </summary>
internal sealed class TensorConverter : JsonConverter<float[,,]>
{
    private const int Rank = 3;

    public override float[,,] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var numbers = ArrayPool<float>.Shared.Rent(1 << 16);
        try
        {
            Span<int> lengths = [-1, -1, -1];
            var count = ReadArray(ref reader, ref numbers, 0, lengths, 0);
            var tensor = new float[Math.Max(lengths[0], 0), Math.Max(lengths[1], 0), Math.Max(lengths[2], 0)];
            if (count > 0)
            {
                numbers.AsSpan(0, count).CopyTo(MemoryMarshal.CreateSpan(ref tensor[0, 0, 0], count));
            }

            return tensor;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(numbers);
        }
    }

    public override void Write(Utf8JsonWriter writer, float[,,] value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <summary>Reads an array of the dimension that is given, and those in it.</summary>
    /// <returns>How many numbers there are now.</returns>
    private static int ReadArray(
        ref Utf8JsonReader reader, ref float[] numbers, int count, scoped Span<int> lengths, int dimension)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"An array of {Rank} dimensions is expected.");
        }

        var length = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; length++)
        {
            if (dimension < Rank - 1)
            {
                count = ReadArray(ref reader, ref numbers, count, lengths, dimension + 1);
                continue;
            }

            if (count == numbers.Length)
            {
                Grow(ref numbers);
            }

            numbers[count++] = reader.GetSingle();
        }

        if (lengths[dimension] >= 0 && lengths[dimension] != length)
        {
            throw new JsonException("All rows must have the same length.");
        }

        lengths[dimension] = length;
        return count;
    }

    private static void Grow(ref float[] numbers)
    {
        var larger = ArrayPool<float>.Shared.Rent(numbers.Length * 2);
        numbers.CopyTo(larger, 0);
        ArrayPool<float>.Shared.Return(numbers);
        numbers = larger;
    }
}
