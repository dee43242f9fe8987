using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Random values of types without parts.</summary>
/// <param name="pcg">Where randomness comes from.</param>
internal sealed class ScalarValues(PCG pcg)
{
    private static readonly Dictionary<Type, Func<ScalarValues, object>> Makers = new()
    {
        [typeof(bool)] = random => random.Next(2) == 0,
        [typeof(sbyte)] = random => random.Integer<sbyte>(),
        [typeof(byte)] = random => random.Integer<byte>(),
        [typeof(short)] = random => random.Integer<short>(),
        [typeof(ushort)] = random => random.Integer<ushort>(),
        [typeof(int)] = random => random.Integer<int>(),
        [typeof(uint)] = random => random.Integer<uint>(),
        [typeof(long)] = random => random.Integer<long>(),
        [typeof(ulong)] = random => random.Integer<ulong>(),
        [typeof(Int128)] = random => random.Integer<Int128>(),
        [typeof(UInt128)] = random => random.Integer<UInt128>(),
        [typeof(Half)] = random => random.Float<Half, short>(BitConverter.Int16BitsToHalf),
        [typeof(float)] = random => random.Float<float, int>(BitConverter.Int32BitsToSingle),
        [typeof(double)] = random => random.Float<double, long>(BitConverter.Int64BitsToDouble),
        [typeof(decimal)] = random => random.Decimal(),
        [typeof(char)] = random => random.Text(1) is [var one] ? one : 'a',
        [typeof(string)] = random => random.Text(random.Next(20) == 0 ? 300 : random.Next(12)),
        [typeof(Guid)] = random => new Guid(random.Bytes(16)),
        [typeof(Uri)] = random => random.Uri(),
        [typeof(Version)] = random => random.Version(),
        // None of the kind Local: it is written as the instant that it is, and the serializer writes the host's offset.
        [typeof(DateTime)] = random => new DateTime(random.Ticks(DateTime.MaxValue.Ticks), (DateTimeKind)random.Next(2)),
        [typeof(DateTimeOffset)] = random => random.DateTimeOffset(),
        [typeof(DateOnly)] = random => DateOnly.FromDayNumber((int)(random.Ticks(DateOnly.MaxValue.DayNumber * TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay)),
        [typeof(TimeOnly)] = random => new TimeOnly(random.Ticks(TimeSpan.TicksPerDay - 1)),
        [typeof(TimeSpan)] = random => new TimeSpan(random.Integer<long>()),
        [typeof(byte[])] = random => random.Bytes(random.Next(20)),
        [typeof(ReadOnlyMemory<byte>)] = random => new ReadOnlyMemory<byte>(random.Bytes(random.Next(20))),
        [typeof(Memory<byte>)] = random => new Memory<byte>(random.Bytes(random.Next(20))),
        [typeof(JsonNode)] = random => random.Node<JsonNode>(),
        [typeof(JsonObject)] = random => random.Node<JsonObject>(),
        [typeof(JsonArray)] = random => random.Node<JsonArray>(),
        [typeof(JsonValue)] = random => random.Node<JsonValue>(),
        [typeof(JsonElement)] = random => JsonElement.Parse(random.Json(0)),
    };

    /// <summary>How much was drawn.</summary>
    public int Draws { get; private set; }

    /// <summary>A value of a type; null when it is a type with parts.</summary>
    public object? Of(Type type, bool mayBeNaN)
    {
        if (mayBeNaN && (type == typeof(double) || type == typeof(float)) && Next(3) == 0)
        {
            var value = OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity);
            return type == typeof(double) ? value : (object)(float)value;
        }

        return type.IsEnum ? Enumeration(type) : Makers.TryGetValue(type, out var make) ? make(this) : null;
    }

    public int Next(int count)
    {
        Draws++;
        return (int)pcg.Next((uint)count);
    }

    public T OneOf<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];

    private T Integer<T>()
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        var bits = new UInt128(pcg.Next64(), pcg.Next64());
        return Next(6) switch
        {
            0 => T.MinValue,
            1 => T.MaxValue,
            2 => T.CreateTruncating(Next(3)),
            _ => T.CreateTruncating(bits) >> Next(int.CreateTruncating(T.PopCount(T.AllBitsSet))),
        };
    }

    /// <summary>Any bits that are finite, the extremes, numbers of few digits, and whole ones.</summary>
    private T Float<T, TBits>(Func<TBits, T> of)
        where T : IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
        where TBits : IBinaryInteger<TBits>
    {
        return Next(4) switch
        {
            0 => OneOf(T.MinValue, T.MaxValue, T.Epsilon, -T.Epsilon, T.NegativeZero, T.BitDecrement(T.One), T.CreateTruncating(0.1), T.One / T.CreateTruncating(3)),
            1 => T.CreateTruncating(Next(2000) - 1000) / T.CreateTruncating(100),
            2 => T.CreateTruncating(Next(100)),
            _ => of(TBits.CreateTruncating(pcg.Next64())) is var any && T.IsFinite(any) ? any : T.Zero,
        };
    }

    private decimal Decimal() => Next(4) switch
    {
        0 => OneOf(decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m, 1.50m, 0.00m, 1.0000000000000000000000000000m),
        1 => new decimal(Next(100_000), 0, 0, Next(2) == 0, (byte)Next(29)),
        _ => new decimal((int)pcg.Next(), (int)pcg.Next(), (int)pcg.Next() >> Next(32), Next(2) == 0, (byte)Next(29)),
    };

    private byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)Next(256))];

    /// <summary>Characters of every kind that JSON or UTF-8 has a rule for.</summary>
    private string Text(int length)
    {
        var text = new StringBuilder();
        for (; length > 0; length--)
        {
            text.Append(new Rune(Next(8) switch
            {
                0 => Next(0x20),
                1 => OneOf<char>("\"\\/<>&'+`"),
                2 => OneOf(0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFEFF, 0xFFFE, 0xFFFF, 0x2028, 0x2029),
                3 => Next(2) == 0 ? 0x10000 + Next(0x100000) : 0xA0 + Next(0x2000),
                _ => 'a' + Next(26),
            }).ToString());
        }

        return text.ToString();
    }

    private string Letters() => new([.. Enumerable.Range(0, 1 + Next(6)).Select(_ => (char)('a' + Next(26)))]);

    private Uri Uri() => new(
        OneOf("https://example.com/", "", "/", "../", "http://[::1]:8080/", "urn:x:", "mailto:a@b.") + Letters() + OneOf("", "?q=1&r=%20", "#part"), UriKind.RelativeOrAbsolute);

    private Version Version() => Next(3) switch
    {
        0 => new Version(Next(3), int.MaxValue),
        1 => new Version(Next(100), Next(100), Next(100)),
        _ => new Version(0, 0, Next(2), Next(1000)),
    };

    private long Ticks(long largest) => Next(5) switch
    {
        0 => 0,
        1 => largest,
        2 => Math.Min(largest, (long)(pcg.Next64() % (ulong)largest) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond),
        _ => (long)(pcg.Next64() % ((ulong)largest + 1)),
    };

    private DateTimeOffset DateTimeOffset()
    {
        var offset = TimeSpan.FromMinutes(Next(28 * 60 + 1) - 14 * 60);
        return new DateTimeOffset(Math.Clamp(Ticks(DateTime.MaxValue.Ticks), TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), Next(3) == 0 ? TimeSpan.Zero : offset);
    }

    /// <summary>A declared value; a combination of some when they are flags, and of any bits when those are written as a number.</summary>
    private object Enumeration(Type type)
    {
        var declared = Enum.GetValues(type);
        if (!type.IsDefined(typeof(FlagsAttribute), false))
        {
            return declared.GetValue(Next(declared.Length))!;
        }

        var bits = type.IsDefined(typeof(JsonConverterAttribute), false)
            ? Enumerable.Range(0, 1 + Next(3)).Aggregate(0L, (all, _) => all | Convert.ToInt64(declared.GetValue(Next(declared.Length)), CultureInfo.InvariantCulture))
            : (long)pcg.Next64() >> Next(64);
        return bits == 0 && !Enum.IsDefined(type, Enum.ToObject(type, 0)) ? declared.GetValue(0)! : Enum.ToObject(type, bits);
    }

    private T Node<T>()
        where T : JsonNode => JsonNode.Parse(Json(0)) as T ?? Node<T>();

    private string Json(int depth) => Next(depth > 3 ? 5 : 8) switch
    {
        0 => OneOf("null", "true", "false"),
        1 => OneOf("0", "-0", "1.00", "1e400", "-1E-7", "123456789012345678901234567890"),
        2 => Integer<long>().ToString(CultureInfo.InvariantCulture),
        3 or 4 => JsonSerializer.Serialize(Text(Next(8))),
        5 or 6 => $"[{string.Join(",", Enumerable.Range(0, Next(4)).Select(_ => Json(depth + 1)))}]",
        _ => $"{{{string.Join(",", Enumerable.Range(0, Next(4)).Select(i => $"{JsonSerializer.Serialize(i + Text(Next(4)))}:{Json(depth + 1)}"))}}}",
    };
}
