using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Generated code and <c>System.Text.Json</c> read and write the same values as the same JSON.</summary>
public class SerializerTests
{
    private const int ValuesOfAType = 2000;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The types that the serializer treats otherwise on purpose, by how their rows begin, and why.</summary>
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["int[,]"] = "it knows no arrays of several dimensions",
        ["double[,,]?"] = "it knows no arrays of several dimensions",
        ["string?[,]"] = "it knows no arrays of several dimensions",
        ["Grid"] = "it knows no tensors",
        ["(float Low, float High)"] = "it knows no names of tuples",
        ["(int A, (string? B, int C)[] D)?"] = "it knows no names of tuples",
        ["List<(int X, int Y)>"] = "it knows no names of tuples",
        ["(int A, int B"] = "it knows no names of tuples",
        ["S?: public readonly struct"] = "it does not call the constructor of a structure",
        ["IReadOnlySet"] = "it cannot make a read-only set",
        ["System.Collections.ObjectModel.ReadOnly"] = "it cannot make a read-only set, collection or dictionary",
        ["System.Collections.Frozen"] = "it cannot make a frozen set or dictionary",
        ["ArraySegment"] = "it cannot make a segment of an array",
        ["Cut: [JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { Good = 1, Fine = Good"] = "of two names of one number it may write the other",
        ["F: [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum F : sbyte"] = "it writes the names of negative flags first",
    };

    public static TheoryData<string> Makeable =>
        [.. AcceptedTypes.All.Select(type => type.ToString()).Where(type => ServedType.IsMakeable(type) && !Otherwise.Keys.Any(one => type.StartsWith(one, StringComparison.Ordinal)))];

    public static TheoryData<string> All => ServedType.Makeable;

    public static TheoryData<string> Types =>
        [.. AcceptedTypes.All.Select(type => type.ToString()).Where(type => !Otherwise.Keys.Any(one => type.StartsWith(one, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_generated_code_reads_the_serializer_writes_and_the_other_way_round(string type)
    {
        var served = ServedType.Of(type);
        var declared = served.State.ParameterType;
        foreach (var json in served.Accepted.Values)
        {
            var written = JsonSerializer.Serialize(served.Read(json), declared, Options);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), $"{json} became {written}");

            var read = JsonSerializer.Deserialize(json, declared, Options);
            Assert.Equal(json, served.Write(read));
        }
    }

    [Theory]
    [MemberData(nameof(Makeable))]
    public void Any_value_is_written_as_the_serializer_writes_it_and_each_reads_what_the_other_wrote(string type)
    {
        var served = ServedType.Of(type);
        var declared = served.State.ParameterType;
        new Values(Form.Of(served.State)).Sample(
            value =>
            {
                var (ours, theirs) = (served.Write(value), JsonSerializer.Serialize(value, declared, Options));
                Assert.Equal(CanonicalJson.Of(theirs), CanonicalJson.Of(ours));
                Assert.Equal(CanonicalJson.Of(theirs), CanonicalJson.Of(JsonSerializer.Serialize(JsonSerializer.Deserialize(ours, declared, Options), declared, Options)));
                Assert.Equal(CanonicalJson.Of(ours), CanonicalJson.Of(served.Write(served.Read(theirs))));
            },
            iter: ValuesOfAType);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Any_value_that_generated_code_writes_it_reads_as_the_same_value(string type)
    {
        var served = ServedType.Of(type);
        new Values(Form.Of(served.State)).Sample(
            value =>
            {
                var json = served.Write(value);
                Assert.Equal(CanonicalJson.Of(json), CanonicalJson.Of(served.Write(served.Read(json))));
            },
            iter: ValuesOfAType / 4);
    }
}
