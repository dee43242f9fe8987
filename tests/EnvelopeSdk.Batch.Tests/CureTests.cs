using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What is said of a column that cannot be what a parameter takes.</summary>
public sealed class CureTests
{
    [Theory]
    [InlineData(TypeKind.Int32, false, "BIGINT"), InlineData(TypeKind.UInt64, false, "UBIGINT"), InlineData(TypeKind.Int128, false, "HUGEINT")]
    [InlineData(TypeKind.UInt128, false, "UHUGEINT"), InlineData(TypeKind.UInt64, true, "numeric(20, 0)"), InlineData(TypeKind.Int128, true, "text")]
    public void Of_a_whole_number_it_is_the_cast_that_has_all_of_its_values(TypeKind kind, bool isPostgres, string cast)
    {
        var model = new ModelSchema { Vocabulary = ModelSchema.CurrentVocabulary, Fingerprint = "", Queries = [], Types = [] };
        var faults = new List<ColumnFault>();

        Assert.Null(new ColumnTypes(model, faults).Of(new(ColumnKind.Double, "DOUBLE") { Dialect = isPostgres ? SqlDialect.Postgres : SqlDialect.Engine }, new() { Kind = kind }, "count"));

        Assert.EndsWith($"read it with a query that says CAST(... AS {cast}).", Assert.Single(faults).Problem, StringComparison.Ordinal);
    }

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
