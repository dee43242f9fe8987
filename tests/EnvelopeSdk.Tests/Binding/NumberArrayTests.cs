using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Collections;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Arrays of numbers are read as their items are one by one: to the bit, with the same errors at the same places.</summary>
public class NumberArrayTests
{
    private static readonly string[] Commas = [",", ", ", " ,", ",  ", "\n,\t", ",\n"];
    private static readonly string[] Odd = ["null", "true", "\"1\"", "[1]", "[]", "{}", "{\"a\":[1,2]}", "-", "01", "1.", ".5", "1e", "1e999", "-0", "-0.0", "1.5", "1e2", "1e-400", "99999999999999999999", "-1", "256", "65536", "0.1", "3e38", "65520", ""];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void An_array_is_read_as_its_items_are(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var text = Text(random);
            Check(text, (ref JsonInput input) => input.ReadSingle());
            Check(text, (ref JsonInput input) => input.ReadDouble());
            Check(text, (ref JsonInput input) => input.ReadHalf());
            Check(text, (ref JsonInput input) => input.ReadDecimal());
            Check(text, (ref JsonInput input) => input.ReadByte());
            Check(text, (ref JsonInput input) => input.ReadSByte());
            Check(text, (ref JsonInput input) => input.ReadInt16());
            Check(text, (ref JsonInput input) => input.ReadUInt16());
            Check(text, (ref JsonInput input) => input.ReadInt32());
            Check(text, (ref JsonInput input) => input.ReadUInt32());
            Check(text, (ref JsonInput input) => input.ReadInt64());
            Check(text, (ref JsonInput input) => input.ReadUInt64());
            Check(text, (ref JsonInput input) => input.ReadInt128());
            Check(text, (ref JsonInput input) => input.ReadUInt128());
        }
    }

    [Theory]
    [InlineData(11), InlineData(12), InlineData(13), InlineData(14)]
    public void A_character_that_is_changed_in_a_long_array_is_read_as_among_its_items(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var comma = Commas[random.Next(2)];
            var text = $"[{string.Join(comma, Enumerable.Range(0, random.Next(10, 60)).Select(_ => Number(random)))}]";
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                text = Changed(text, random);
            }

            Check(text, (ref JsonInput input) => input.ReadSingle());
            Check(text, (ref JsonInput input) => input.ReadDouble());
        }
    }

    [Fact]
    public void Numbers_that_use_all_their_digits_are_those_that_were_written()
    {
        var random = new Random(1);
        float[] floats = [.. Enumerable.Range(0, 100_000).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32))).Where(float.IsFinite)];
        double[] doubles = [.. Enumerable.Range(0, 100_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];

        Assert.Equal(floats.Select(BitConverter.SingleToUInt32Bits), Read(JsonSerializer.Serialize(floats), (ref JsonInput input) => input.ReadArray<float>()).Value!.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), Read(JsonSerializer.Serialize(doubles), (ref JsonInput input) => input.ReadList<double>()).Value!.Select(BitConverter.DoubleToInt64Bits));
    }

    /// <summary>The double nearest to such a number is the midpoint of two floats, which says nothing of the number's side.</summary>
    [Fact]
    public void Numbers_beside_the_middle_of_two_floats_become_the_nearer_one()
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, 50_000).Select(_ =>
        {
            var below = BitConverter.UInt32BitsToSingle((uint)random.Next(0x3000_0000, 0x4B00_0000));
            return (((double)below + float.BitIncrement(below)) / 2).ToString("F" + random.Next(12, 20), CultureInfo.InvariantCulture);
        }).Append("0.5000000298023224").ToList();

        var read = Read($"[{string.Join(',', texts)}]", (ref JsonInput input) => input.ReadArray<float>()).Value!;

        Assert.All(texts.Zip(read), one => Assert.Equal((one.First, float.Parse(one.First, CultureInfo.InvariantCulture)), one));
        Assert.Equal(0.50000006f, read[^1]);
    }

    [Theory]
    [InlineData("[[1,2,3],[4,5,6]]", "1 2 3 4 5 6", ""), InlineData("[ [ 1, 2 ],\n[3 ,4]]", "1 2 3 4", ""), InlineData("[[]]", "", ""), InlineData("[]", "", "")]
    [InlineData("[[1,2],[3]]", "1 2 3", "/1: Expected as many items as the arrays before it have, 2, got 1 item.")]
    [InlineData("[[1,\"2\"],[3,4]]", null, "/0/1: Expected a number, got a string."), InlineData("[[1,2],3,[4,5]]", null, "/1: Expected an array, got a number.")]
    public void The_rows_of_a_tensor_are_read_one_behind_the_other(string text, string? items, string error)
    {
        var tensor = new TensorBuilder<float>(2);

        var (_, errors) = Read(text, (ref JsonInput input) =>
        {
            input.ReadRows(tensor, 0);
            return tensor;
        });

        Assert.Equal(error, errors);
        if (items is not null)
        {
            Assert.Equal(items, string.Join(' ', tensor.ToArray()));
        }
    }

    [Fact]
    public void A_tensor_of_many_rows_keeps_all_of_them()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => Enumerable.Range(3 * i, 3).ToArray()).ToArray();
        var tensor = new TensorBuilder<int>(2);

        Read(JsonSerializer.Serialize(rows), (ref JsonInput input) =>
        {
            input.ReadRows(tensor, 0);
            return tensor;
        });

        Assert.Equal(Enumerable.Range(0, 15_000), tensor.ToArray());
        Assert.Equal((5000, 3), (tensor.Length(0), tensor.Length(1)));
    }

    [Theory]
    [InlineData(JsonInput.MaxContainers - 1, ",", true), InlineData(JsonInput.MaxContainers, ",", false), InlineData(JsonInput.MaxContainers - 1, ",\n", true), InlineData(JsonInput.MaxContainers, ",\n", false)]
    public void Rows_count_as_arrays_of_which_a_caller_may_send_so_many(int rows, string comma, bool isTaken)
    {
        var (_, errors) = Read($"[{string.Join(comma, Enumerable.Repeat("[1]", rows))}]", (ref JsonInput input) =>
        {
            var tensor = new TensorBuilder<float>(2);
            input.ReadRows(tensor, 0);
            return tensor;
        });

        Assert.Equal(isTaken, errors.Length == 0);
        Assert.Equal(!isTaken, errors.Contains("at most 1048576 arrays and objects in all", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Rows_are_read_as_their_items_are(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            CheckRows(Rows(random));
        }
    }

    [Theory]
    [InlineData("],["), InlineData("], ["), InlineData("],  ["), InlineData("] ,["), InlineData("],\n[")]
    [InlineData("]]["), InlineData("]["), InlineData("],,["), InlineData("],"), InlineData("]"), InlineData(","), InlineData("]:["), InlineData("],[]"), InlineData("],[["), InlineData("],5,[")]
    public void Between_rows_may_be_what_is_between_items(string separator)
    {
        for (var row = 0; row < 60; row++)
        {
            var before = string.Join("],[", Enumerable.Repeat("0.5,-0.25,3", row + 1));
            var behind = string.Join("],[", Enumerable.Repeat("7,8.5,9", 60));
            CheckRows($"[[{before}{separator}{behind}]]");
        }
    }

    private static void CheckRows(string text)
    {
        var (fast, slow) = (new TensorBuilder<float>(2), new TensorBuilder<float>(2));

        var (_, errors) = Read(text, (ref JsonInput input) =>
        {
            input.ReadRows(fast, 0);
            return fast;
        });
        var (_, expected) = Read(text, (ref JsonInput input) => OneByOne(ref input, slow));

        Assert.True(expected == errors, $"{text}: {errors}, and not {expected}");
        if (expected.Length == 0)
        {
            Assert.Equal((slow.Length(0), slow.Length(1)), (fast.Length(0), fast.Length(1)));
            Assert.Equal(slow.ToArray(), fast.ToArray());
        }
    }

    private static TensorBuilder<float> OneByOne(ref JsonInput input, TensorBuilder<float> tensor)
    {
        var rows = -1;
        if (!input.BeginArray())
        {
            return tensor;
        }

        while (input.NextItem(ref rows))
        {
            var items = -1;
            if (input.BeginArray())
            {
                while (input.NextItem(ref items))
                {
                    tensor.Add(input.ReadSingle());
                }

                tensor.EndDimension(ref input, 1, items + 1);
            }
        }

        tensor.EndDimension(ref input, 0, rows + 1);
        return tensor;
    }

    /// <summary>Rows of one length, sometimes with a character too many, too few or another.</summary>
    private static string Rows(Random random)
    {
        var (rows, items, comma) = (random.Next(random.Next(6) == 0 ? 40 : 6), random.Next(5), Commas[random.Next(3)]);
        var text = $"[{string.Join(comma, Enumerable.Range(0, rows).Select(_ => $"[{string.Join(comma, Enumerable.Range(0, items).Select(_ => JsonSerializer.Serialize(random.NextSingle())))}]"))}]";
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            text = Changed(text, random);
        }

        return text;
    }

    /// <summary>A text with a character too many, too few or another.</summary>
    private static string Changed(string text, Random random)
    {
        var at = random.Next(text.Length);
        var other = "[],0 -.e\"n"[random.Next(10)];
        return random.Next(3) switch { 0 => text[..at] + text[(at + 1)..], 1 => text[..at] + other + text[at..], _ => text[..at] + other + text[(at + 1)..] };
    }

    private static string Number(Random random) => random.Next(8) switch
    {
        0 => random.Next(-300, 300).ToString(CultureInfo.InvariantCulture),
        1 => (random.NextDouble() - 0.5).ToString("R", CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * 1e-7).ToString("R", CultureInfo.InvariantCulture),
        3 => (random.NextDouble() * 1e17).ToString("F" + random.Next(30), CultureInfo.InvariantCulture),
        4 => "-0." + new string('0', random.Next(1, 20)),
        5 => Odd[random.Next(3) == 0 ? random.Next(Odd.Length) : ^4],
        _ => JsonSerializer.Serialize(random.NextSingle()),
    };

    /// <summary>An array, mostly of plain numbers, and sometimes with something wrong in or behind it.</summary>
    private static string Text(Random random)
    {
        var isOdd = random.Next(2) == 0;
        var comma = Commas[random.Next(3)];
        var text = new StringBuilder("[");
        var count = random.Next(6) == 0 ? random.Next(100) : random.Next(12); // some of which are read in runs
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? random.Next(4) == 0 ? " " : "" : random.Next(8) == 0 ? Commas[random.Next(Commas.Length)] : comma);
            text.Append(isOdd && random.Next(count > 12 ? 30 : 6) == 0 ? Odd[random.Next(Odd.Length)]
                : random.Next(3) == 0 ? random.Next(-300, 300).ToString(CultureInfo.InvariantCulture)
                : JsonSerializer.Serialize(random.Next(2) == 0 ? random.NextSingle() : (random.NextDouble() * 1000)));
        }

        text.Append(random.Next(30) == 0 ? ",]" : random.Next(30) == 0 ? "" : random.Next(10) == 0 ? " ]" : "]");
        return text.ToString();
    }

    private static void Check<T>(string text, JsonRead<T> readOne)
        where T : struct, INumber<T>
    {
        var expected = Read(text, (ref JsonInput input) =>
        {
            var items = new List<T>();
            if (input.BeginArray())
            {
                var index = -1;
                while (input.NextItem(ref index))
                {
                    items.Add(readOne(ref input));
                }
            }

            return items;
        });
        var array = Read(text, (ref JsonInput input) => input.ReadArray<T>());
        var list = Read(text, (ref JsonInput input) => input.ReadList<T>());

        Assert.Equal((text, expected.Errors), (text, array.Errors));
        Assert.Equal((text, expected.Errors), (text, list.Errors));
        if (expected.Errors.Length == 0)
        {
            Assert.Equal((text, Shown(expected.Value!)), (text, Shown(array.Value!)));
            Assert.Equal((text, Shown(expected.Value!)), (text, Shown(list.Value!)));
        }
    }

    /// <summary>With the sign of zero.</summary>
    private static string Shown<T>(IEnumerable<T> items)
        where T : INumber<T> => string.Join(' ', items.Select(one => T.IsZero(one) && T.IsNegative(one) ? "-0" : one.ToString()));

    private static (T? Value, string Errors) Read<T>(string text, JsonRead<T> read)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(Encoding.UTF8.GetBytes(text), errors, read);
        return (value, string.Join('\n', Enumerable.Range(0, errors.Count).Select(i => errors[i].ToString())));
    }
}
