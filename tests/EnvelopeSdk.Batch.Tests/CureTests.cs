using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What is said of a column that cannot be what a parameter takes.</summary>
public sealed class CureTests
{
    [Theory]
    [InlineData("1", "VARCHAR", "BIGINT"), InlineData("\"a\"", "BIGINT", "VARCHAR")]
    public void Of_an_enum_it_is_the_cast_to_what_its_values_are(string value, string given, string cast)
    {
        var named = new NamedTypeSchema { Name = "Size", Values = [JsonElement.Parse(value)] };
        var model = new ModelSchema { Vocabulary = ModelSchema.CurrentVocabulary, Fingerprint = "", Queries = [], Types = [named] };
        var faults = new List<ColumnFault>();
        var type = new ColumnType(given == "VARCHAR" ? ColumnKind.Text : ColumnKind.Int64, given);

        Assert.Null(new ColumnTypes(model, faults).Of(type, new() { Kind = TypeKind.Ref, Ref = "Size" }, "size"));

        Assert.Equal(
            $"It takes an enum Size, and the column has {given}. If its values are such, read it with a query that says CAST(... AS {cast}).",
            Assert.Single(faults).Problem);
    }
}
