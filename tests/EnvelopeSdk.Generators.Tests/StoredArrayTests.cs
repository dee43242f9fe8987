using System.Buffers.Binary;
using System.Text.Json;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Arrays of state lie beside its JSON as safetensors, and come back to the bit.</summary>
public class StoredArrayTests
{
    /// <summary>Makes values of all bits, and prints each part of a value with all of its bits.</summary>
    private const string Helpers =
        """
        using System.Collections; using System.Collections.Immutable; using System.Linq; using System.Numerics.Tensors; using System.Runtime.InteropServices; using System.Text;
        public static class Make
        {
            public static T[] Bits<T>(int count) where T : unmanaged
            {
                var items = new T[count];
                new Random(7).NextBytes(MemoryMarshal.AsBytes(items.AsSpan()));
                return items;
            }
            public static T Filled<T>(T array) where T : class
            {
                var all = (Array)(object)array;
                new Random(7).NextBytes(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(all), Buffer.ByteLength(all)));
                return array;
            }
            public static bool[] Booleans(int count) => [.. Enumerable.Range(0, count).Select(i => i % 3 == 0)];
        }
        public static class Print
        {
            public static string Of(object? value)
            {
                var text = new StringBuilder();
                Add(text, value);
                return text.ToString();
            }
            private static void Add(StringBuilder text, object? value)
            {
                switch (value)
                {
                    case null: text.Append('-'); break;
                    case string name: text.Append(name); break;
                    case float single: text.Append(BitConverter.SingleToUInt32Bits(single).ToString("x")); break;
                    case double number: text.Append(BitConverter.DoubleToUInt64Bits(number).ToString("x")); break;
                    case Half half: text.Append(BitConverter.HalfToUInt16Bits(half).ToString("x")); break;
                    case char unit: text.Append(((int)unit).ToString("x")); break;
                    case var scalar when scalar.GetType().IsPrimitive: text.Append(scalar); break;
                    case IEnumerable items:
                        if (items is Array { Rank: > 1 } array)
                        {
                            text.Append(string.Join("x", Enumerable.Range(0, array.Rank).Select(array.GetLength)));
                        }
                        if (items is Tensor<float> tensor)
                        {
                            text.Append(string.Join("x", tensor.Lengths.ToArray()));
                        }
                        text.Append('[');
                        foreach (var item in items)
                        {
                            Add(text, item);
                            text.Append(' ');
                        }
                        text.Append(']');
                        break;
                    case var memory when memory.GetType().Name.Contains("Memory"): Add(text, memory.GetType().GetMethod("ToArray")!.Invoke(memory, null)); break;
                    default:
                        foreach (var property in value.GetType().GetProperties())
                        {
                            text.Append(property.Name).Append('=');
                            Add(text, property.GetValue(value));
                        }
                        break;
                }
            }
        }
        """;

    public static TheoryData<string, string> Items => new()
    {
        { "bool[]", "Make.Booleans(2000)" },
        { "char[]", "Make.Bits<char>(600)" },
        { "byte[]", "Make.Bits<byte>(2000)" },
        { "sbyte[]", "Make.Bits<sbyte>(2000)" },
        { "short[]", "Make.Bits<short>(600)" },
        { "ushort[]", "Make.Bits<ushort>(600)" },
        { "int[]", "Make.Bits<int>(600)" },
        { "uint[]", "Make.Bits<uint>(600)" },
        { "long[]", "Make.Bits<long>(600)" },
        { "ulong[]", "Make.Bits<ulong>(600)" },
        { "Half[]", "Make.Bits<Half>(600)" },
        { "float[]", "Make.Bits<float>(300_000)" },
        { "double[]", "Make.Bits<double>(600)" },
    };

    public static TheoryData<string, string> Shapes => new()
    {
        { "float[]?", "Make.Bits<float>(600)" },
        { "float[]", "[1, float.NaN]" },
        { "char[]", "['a', '\\ud800']" },
        { "bool[][]", "[Make.Booleans(1100), []]" },
        { "double[]", "[double.NegativeInfinity]" },
        { "Half[,]", "new Half[,] { { Half.NaN } }" },
        { "float[,]", "Make.Filled(new float[20, 30])" },
        { "float[,]", "new float[0, 5]" },
        { "double[,,]", "Make.Filled(new double[3, 70, 5])" },
        { "float[][]", "[Make.Bits<float>(3), [], Make.Bits<float>(500)]" },
        { "float[][]", "[[1], [float.NaN]]" },
        { "int[][][]", "[[Make.Bits<int>(300), []], [], [Make.Bits<int>(7)]]" },
        { "double[]?[]", "[Make.Bits<double>(300), null, []]" },
        { "float[]?[]?[]", "[null, [Make.Bits<float>(300), null]]" },
        { "List<float[]>", "[Make.Bits<float>(300), []]" },
        { "List<List<int[]>>", "[[Make.Bits<int>(300)], []]" },
        { "IReadOnlyList<float[]>", "new float[][] { Make.Bits<float>(300) }" },
        { "List<List<float>>", "[[.. Make.Bits<float>(300)], [1]]" },
        { "byte[][]", "[Make.Bits<byte>(3000), [1]]" },
        { "List<long>", "[.. Make.Bits<long>(600)]" },
        { "List<byte>", "[.. Make.Bits<byte>(3000)]" },
        { "IReadOnlyList<double>", "Make.Bits<double>(600)" },
        { "IReadOnlyList<double>", "new List<double>(Make.Bits<double>(600))" },
        { "IEnumerable<double>", "Make.Bits<double>(600).ToImmutableArray()" },
        { "ImmutableArray<float>", "[.. Make.Bits<float>(600)]" },
        { "ReadOnlyMemory<float>", "Make.Bits<float>(600)" },
        { "ReadOnlyMemory<float>", "Make.Bits<float>(600).AsMemory(1, 500)" },
        { "Memory<int>?", "Make.Bits<int>(600).AsMemory()" },
        { "Memory<byte>", "Make.Bits<byte>(6000).AsMemory(5, 4000)" },
        { "ArraySegment<double>", "new ArraySegment<double>(Make.Bits<double>(600), 10, 500)" },
        { "Held", "new Held(Tensor.Create(Make.Bits<float>(600), [20, 30]))" },
        { "Held", "new Held(Tensor.Create(Make.Bits<float>(600), [20, 30]).Slice([3..19, 5..25]))" },
        { "Held", "new Held(Tensor.PermuteDimensions(Tensor.Create(Make.Bits<float>(600), [20, 30]), [1, 0]))" },
        { "Layer[]", "[new(\"a/b\", Make.Filled(new float[20, 30]), [1, 2]), new(\"c\", new float[1, 1], Make.Bits<double>(300))]" },
        { "Dictionary<string, double[]>", "new() { [\"x/~y\"] = Make.Bits<double>(300), [\"z\"] = [1] }" },
    };

    [Theory]
    [MemberData(nameof(Items))]
    [MemberData(nameof(Shapes))]
    public async Task An_array_is_loaded_to_the_bit_by_the_model_and_by_a_service(string type, string value)
    {
        var model = Compile(type, value);
        var trained = model.RunScript()!;
        var content = await model.SaveAsync(trained);
        Assert.Contains(content.Files, file => file.Path == "state/value/arrays.safetensors");

        var service = CompiledService.Of(model);
        var answer = service.Answer(trained, "predict", "{}");
        Assert.Equal(answer, service.Answer(await model.LoadAsync(content), "predict", "{}"));
        Assert.Equal(answer, service.Answer(await service.LoadAsync(content), "predict", "{}"));
    }

    [Theory]
    [InlineData("float[]", "[1, 2.5f]")]
    [InlineData("float[,]", "new float[,] { { 1, 2 } }")]
    [InlineData("byte[]", "[1, 2]")]
    [InlineData("decimal[]", "new decimal[600]")]
    [InlineData("string[]", "Enumerable.Repeat(\"a\", 3000).ToArray()")]
    [InlineData("float?[]", "new float?[3000]")]
    [InlineData("IEnumerable<double>", "Enumerable.Range(0, 600).Where(i => i > 0).Select(i => i / 3.0)")]
    [InlineData("Held", "new Held(Tensor.Create(new float[] { 1, 2 }, [1, 2]))")]
    [InlineData("HashSet<int>", "Make.Bits<int>(600).ToHashSet()")]
    public async Task What_is_short_or_no_array_of_numbers_stays_json(string type, string value)
    {
        var model = Compile(type, value);
        var content = await model.SaveAsync(model.RunScript()!);

        Assert.Equal(["value.json"], content.Record.State[0].Files);
    }

    [Fact]
    public async Task Arrays_have_the_names_of_their_places_and_the_kinds_and_shapes_of_safetensors()
    {
        var model = Compile("Layer[]", "[new(\"a\", new float[20, 30], Make.Bits<double>(300)), new(\"b\", new float[2, 500], [1])]");
        var content = await model.SaveAsync(model.RunScript()!);

        var file = await content.ReadAsync("state/value/arrays.safetensors");
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"value/0/weights":{"dtype":"F32","shape":[20,30],"data_offsets":[0,2400]},"value/0/biases":{"dtype":"F64","shape":[300],"data_offsets":[2400,4800]},"value/1/weights":{"dtype":"F32","shape":[2,500],"data_offsets":[4800,8800]}}""",
            JsonSerializer.Serialize(header));
        Assert.Equal(8 + length + 8800, file.Length);
        Assert.Equal(
            """[{"name":"a","weights":{"array":0},"biases":{"array":1}},{"name":"b","weights":{"array":2},"biases":[1]}]""",
            System.Text.Encoding.UTF8.GetString(await content.ReadAsync("state/value/value.json")));
    }

    [Fact]
    public async Task Rows_are_one_array_of_items_behind_their_lengths()
    {
        var model = Compile("double[]?[]", "[Make.Bits<double>(300), null, [5]]");
        var content = await model.SaveAsync(model.RunScript()!);

        var file = await content.ReadAsync("state/value/arrays.safetensors");
        using var header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
        Assert.Equal(["value/~lengths0", "value/~lengths1", "value"], header.RootElement.EnumerateObject().Select(one => one.Name));
        Assert.Equal(5.0, BitConverter.ToDouble(file.AsSpan()[^8..]));
        Assert.Equal("""{"array":0}""", System.Text.Encoding.UTF8.GetString(await content.ReadAsync("state/value/value.json")));
    }

    [Fact]
    public async Task Equal_arrays_give_the_same_envelope()
    {
        var model = Compile("Layer[]", "[new(\"a\", Make.Filled(new float[20, 30]), Make.Bits<double>(300))]");

        Assert.Equal((await model.SaveAsync(model.RunScript()!)).Digest, (await model.SaveAsync(model.RunScript()!)).Digest);
    }

    private static CompiledModel Compile(string type, string value) => CompiledModel.Of(
        Helpers,
        $$"""
        #pragma warning disable CS8019
        using System.Collections.Immutable; using System.Linq; using System.Numerics.Tensors;
        public record Layer(string Name, float[,] Weights, double[] Biases);
        public record Held([TensorRank(2)] Tensor<float> Items);
        [EnvelopeModel("test")] public partial class Model({{type}} value) { [Predict] public string Predict() => Print.Of(value); }
        public static class Script { public static object Run() => new Model({{value}}); }
        """);
}
