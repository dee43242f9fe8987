using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
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
    [InlineData(TypeKind.DateTime, 0, "epoch_ms(...), of milliseconds since 1970"), InlineData(TypeKind.DateTimeOffset, 0, "to_timestamp(... / 1000), of milliseconds since 1970")]
    [InlineData(TypeKind.Date, 0, "CAST(epoch_ms(...) AS DATE), of milliseconds since 1970"), InlineData(TypeKind.Time, 0, "CAST(epoch_ms(...) AS TIME), of milliseconds since 1970")]
    [InlineData(TypeKind.DateTime, 1, "strftime('%Y-%m-%dT%H:%M:%S', ..., 'unixepoch'), of seconds since 1970"), InlineData(TypeKind.Time, 1, "time(..., 'unixepoch'), of seconds since 1970")]
    [InlineData(TypeKind.DateTime, 2, "to_timestamp(...) AT TIME ZONE 'UTC', of seconds since 1970")]
    public void Of_a_time_that_is_a_whole_number_it_is_what_makes_one_of_it(TypeKind kind, int dialect, string sql)
    {
        var model = new ModelSchema { Vocabulary = ModelSchema.CurrentVocabulary, Fingerprint = "", Queries = [], Types = [] };
        var faults = new List<ColumnFault>();

        Assert.Null(new ColumnTypes(model, faults).Of(new(ColumnKind.Int64, "BIGINT") { Dialect = (SqlDialect)dialect }, new() { Kind = kind }, "at"));

        Assert.EndsWith($"read it with a query that says {sql}.", Assert.Single(faults).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch_ms(t)", "TIMESTAMP 2024-02-29 12:34:56.789"), InlineData("to_timestamp(t / 1000)", "TIMESTAMP WITH TIME ZONE 2024-02-29 12:34:56.789+00")]
    [InlineData("CAST(epoch_ms(t) AS DATE)", "DATE 2024-02-29"), InlineData("CAST(epoch_ms(t) AS TIME)", "TIME 12:34:56.789")]
    public async Task The_engine_does_what_is_said(string sql, string expected)
    {
        using var job = await RidesJob.StartAsync();
        using var tables = new DuckTables(job.At("spill"), 256, 2);

        Assert.Equal(
            expected,
            tables.Texts($"SELECT typeof(x) || ' ' || x FROM (SELECT {sql} AS x FROM (SELECT 1709210096789::BIGINT AS t))")[0]);
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
