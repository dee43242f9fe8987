using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>
/// An array in a file of the safetensors format (https://huggingface.co/docs/safetensors): the length of a header as a
/// little-endian integer of 64 bits, the header as JSON, and the items of all arrays, one array behind the other.
/// </summary>
/// <param name="Name">Its name, which no other array in the file has.</param>
/// <param name="Kind">The type of its items.</param>
/// <param name="Shape">The length of each dimension, the outermost first.</param>
/// <param name="Start">Where its items begin, in bytes behind the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record ArrayEntry(string Name, string Kind, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>How many bytes the length of the header takes.</summary>
    public const int PrefixLength = sizeof(long);

    /// <summary>The most that a header has, in bytes. Other readers of the format refuse more.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>The most that an array of .NET has.</summary>
    private const int MostDimensions = 32;

    private const string Metadata = "__metadata__";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The beginning of a file: the header with its length, ended by spaces to align the items.</summary>
    /// <exception cref="EnvelopeException">There are too many arrays.</exception>
    public static byte[] WriteHeader(IEnumerable<ArrayEntry> entries)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            foreach (var entry in entries)
            {
                entry.Write(json);
            }

            json.WriteEndObject();
        }

        var length = (text.WrittenCount + sizeof(long) - 1) / sizeof(long) * sizeof(long);
        if (length > LongestHeader)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model's state has so many arrays that the list of them takes {length} bytes, and it may take "
                + $"{LongestHeader}. Put their items together in fewer arrays.");
        }

        var header = new byte[PrefixLength + length];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        text.WrittenSpan.CopyTo(header.AsSpan(PrefixLength));
        header.AsSpan(PrefixLength + text.WrittenCount).Fill((byte)' ');
        return header;
    }

    /// <summary>Reads a header.</summary>
    /// <returns>The arrays in the order of their items.</returns>
    /// <exception cref="FormatException">It has another form; the message says where.</exception>
    public static IReadOnlyList<ArrayEntry> ReadHeader(ReadOnlySpan<byte> json)
    {
        try
        {
            return Ordered(Read(new Utf8JsonReader(json)));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new FormatException("Its header is not the JSON of a safetensors file.", wrong);
        }
    }

    private static List<ArrayEntry> Read(Utf8JsonReader json)
    {
        var entries = new List<ArrayEntry>();
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (name == Metadata)
            {
                json.Skip();
            }
            else
            {
                entries.Add(Read(ref json, name));
            }
        }

        return json.Read() ? throw new FormatException("Its header goes on behind its end.") : entries;
    }

    private static ArrayEntry Read(ref Utf8JsonReader json, string name)
    {
        string? kind = null;
        IReadOnlyList<long>? shape = null, offsets = null;
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            switch (json.GetString())
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String);
                    kind = json.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref json);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return kind is not null && shape is not null && offsets is [var start, var end]
            ? new(name, kind, shape, start, end)
            : throw new FormatException("An array in its header lacks a dtype, a shape or two data_offsets.");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader json)
    {
        var numbers = new List<long>();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == MostDimensions)
            {
                throw new FormatException($"An array in its header has more than {MostDimensions} dimensions.");
            }

            numbers.Add(json.TryGetInt64(out var number) && number >= 0
                ? number
                : throw new FormatException("A length or place in its header is no integer from 0 to 2^63-1."));
        }

        return numbers;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw new JsonException();
        }
    }

    /// <summary>The format has no gaps between arrays and nothing behind the last one.</summary>
    private static List<ArrayEntry> Ordered(List<ArrayEntry> entries)
    {
        if (entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal).Count() < entries.Count)
        {
            throw new FormatException("Two arrays in its header have one name.");
        }

        var place = 0L;
        List<ArrayEntry> ordered = [.. entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        foreach (var entry in ordered)
        {
            place = entry.Start == place && entry.End >= place
                ? entry.End
                : throw new FormatException($"Its arrays overlap or leave gaps: at byte {place} of the items.");
        }

        return ordered;
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Name);
        json.WriteString("dtype", Kind);
        WriteNumbers(json, "shape", Shape);
        WriteNumbers(json, "data_offsets", [Start, End]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
