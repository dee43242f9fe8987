using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Generated code and <c>System.Text.Json</c> read and write the same values as the same JSON.</summary>
public class SerializerTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// What the serializer does otherwise: it knows no arrays of several dimensions, no tensors and no names of tuples; it cannot make a
    /// read-only or frozen set, collection or dictionary, nor a segment of an array; it does not call the constructor of a structure; of two names of one number it may
    /// write the other; and it writes the names of negative flags first.
    /// </summary>
    private static readonly string[] Otherwise =
    [
        "int[,]", "double[,,]?", "Grid", "string?[,]", "(float Low, float High)", "(int A, (string? B, int C)[] D)?", "List<(int X, int Y)>", "S?: public readonly struct",
        "IReadOnlySet", "System.Collections.ObjectModel.ReadOnly", "System.Collections.Frozen", "ArraySegment", "(int A, int B", "Cut: [JsonConverter(typeof(JsonStringEnumConverter))] public enum Cut { Good = 1, Fine = Good",
        "F: [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum F : sbyte",
    ];

    public static TheoryData<string> Types =>
        [.. AcceptedTypes.All.Select(type => type.ToString()).Where(type => !Otherwise.Any(one => type.StartsWith(one, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_generated_code_reads_the_serializer_writes_and_the_other_way_round(string type)
    {
        var accepted = AcceptedTypes.All.Single(one => one.ToString() == type);
        var model = CompiledModel.Of(accepted.Model);
        var service = CompiledService.Of(model);
        var declared = model.Type.GetConstructors().First(one => one.GetParameters().Length == 1 && one.GetParameters()[0].ParameterType != model.Type).GetParameters()[0].ParameterType;
        foreach (var json in accepted.Values)
        {
            var written = JsonSerializer.Serialize(service.ReadValue(json), declared, Options);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), $"{json} became {written}");

            var read = JsonSerializer.Deserialize(json, declared, Options);
            Assert.Equal(json, service.Answer(Activator.CreateInstance(model.Type, [read])!, "state", "{}"));
        }
    }
}
