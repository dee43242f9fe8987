using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>The schema has the form that <see cref="JsonSchemaExporter"/> gives the same type, where that is right.</summary>
public class SchemaExporterTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSchemaExporterOptions NonNullable = new() { TreatNullObliviousAsNonNullable = true };

    private const string ForgetsArguments = "it does not know the annotations of items and type arguments";
    private const string ForgetsParameters = "it does not ask for the parameters of a structure's constructor";
    private const string KnowsNoTuples = "it knows no names of tuples";
    private const string KnowsNoRanks = "it knows no arrays of several dimensions";

    /// <summary>
    /// Where the exporter is wrong, by how rows begin, and why. Formats are not compared: it says <c>date-time</c> of a DateTime,
    /// which may stand without an offset, and <c>time</c> of a TimeOnly, though that format asks for an offset (RFC 3339,
    /// section 5.6).
    /// </summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["string?[]"] = ForgetsArguments,
        ["List<string?>?"] = ForgetsArguments,
        ["List<List<decimal?>?>"] = ForgetsArguments,
        ["int?[]?[]?"] = ForgetsArguments,
        ["R?[]?"] = ForgetsArguments,
        ["R: public record R(List<System.Text.Json.Nodes.JsonNode> A"] = ForgetsArguments,
        ["KeyValuePair<string, int?>"] = ForgetsArguments,
        ["List<KeyValuePair<Guid, R>>?"] = ForgetsArguments,
        ["System.Text.Json.Nodes.JsonObject"] = "it says nothing of the values of members",
        ["System.Text.Json.Nodes.JsonObject?"] = "it says nothing of the values of members",
        ["ArraySegment<string?>?"] = ForgetsArguments,
        ["R: public sealed record R(string[] A, string?[] B"] = ForgetsArguments,
        ["Shape?[]"] = ForgetsArguments,
        ["IReadOnlyDictionary<string, string?>?"] = ForgetsArguments,
        ["System.Collections.Immutable.ImmutableArray<string?>?"] = ForgetsArguments,
        ["Box<Box<string?>>"] = ForgetsArguments,
        ["Pair: public record Box<T>"] = ForgetsArguments,
        ["Pair: public static class O<T>"] = ForgetsArguments,
        ["S: public readonly record struct"] = ForgetsParameters,
        ["S?: public record struct"] = ForgetsParameters,
        ["S?: public readonly struct"] = ForgetsParameters,
        ["List<P?>"] = ForgetsParameters,
        ["(float Low, float High)"] = KnowsNoTuples,
        ["(int A, (string? B, int C)[] D)?"] = KnowsNoTuples,
        ["List<(int X, int Y)>"] = KnowsNoTuples,
        ["(int A, int B, int C, int D, int E, int F, int G, int H)"] = KnowsNoTuples,
        ["Grid"] = KnowsNoRanks,
        ["System.Text.Json.Nodes.JsonNode"] = "it does not say that a node is not null",
        ["System.Text.Json.Nodes.JsonValue"] = "it does not say that a value is no object and no array",
        ["System.Text.Json.Nodes.JsonValue?"] = "it does not say that a value is no object and no array",
        ["int[,]"] = KnowsNoRanks,
        ["double[,,]?"] = KnowsNoRanks,
        ["string?[,]"] = KnowsNoRanks,
        ["R: \n#nullable disable"] = "it takes null for members that are not annotated",
        ["R: public record R([property: JsonIgnore"] = "it asks for parameters that are left out of what is written",
        ["C: [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString"] = "it does not say that a Half may stand in a string",
    };

    public static TheoryData<string> Types => ServedType.Names;

    [Theory]
    [MemberData(nameof(Types))]
    public void A_schema_has_the_form_that_the_exporter_gives_it_where_that_is_right(string type)
    {
        var served = ServedType.Of(type);
        var theirs = JsonSchemaExporter.GetJsonSchemaAsNode(Options, served.State.ParameterType, NonNullable);
        var writer = new JsonSchemaWriter(served.Service.Schema, "#/$defs/");

        // A type alone has no annotation; a structure that may be null is another type.
        var returns = served.Service.Schema.Queries[0].Returns;
        var ours = writer.Type(served.State.ParameterType.IsValueType ? returns : returns with { Nullable = false });
        ours["$defs"] = new JsonObject(writer.NamedTypes().Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Schema)));
        var (expected, actual) = (new SchemaShape(theirs).Of(theirs), new SchemaShape(ours).Of(ours));
        if (Wrong.Keys.Any(one => type == one || type.StartsWith(one.Contains(':', StringComparison.Ordinal) ? one : one + ":", StringComparison.Ordinal)))
        {
            Assert.NotEqual(expected, actual);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }
}
