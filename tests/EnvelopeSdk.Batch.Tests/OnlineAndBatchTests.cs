using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Rows;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>
/// The same rows once as a job reads them, from their columns, and once as a service does, from the JSON that a caller
/// would send: the same is read to the last bit, or the same is refused.
/// </summary>
public sealed class OnlineAndBatchTests
{
    private const int Rows = 4000;

    /// <summary>Columns of each kind with values at random and at the ends, nulls among them.</summary>
    private static readonly (string Name, string Sql)[] Kinds =
    [
        ("flag", "h(i, 1, 2) = 0"),
        ("tiny", "(h(i, 2, 256) - 128)::TINYINT"),
        ("small", "(h(i, 3, 65536) - 32768)::SMALLINT"),
        ("whole", "CASE h(i, 4, 4) WHEN 0 THEN -2147483648 WHEN 1 THEN 2147483647 ELSE (h(i, 5, 4294967296))::BIGINT - 2147483648 END::INTEGER"),
        ("large", "CASE h(i, 6, 4) WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775808 ELSE (hash(i, 7) >> 1)::BIGINT END"),
        ("unsigned", "hash(i, 8)::UBIGINT"),
        ("single", "CASE h(i, 9, 8) WHEN 0 THEN '1.17549435E-38' WHEN 1 THEN '3.4028235E38' WHEN 2 THEN '-0' WHEN 3 THEN '1E-45' ELSE (random() * pow(10, h(i, 10, 70) - 35))::VARCHAR END::FLOAT"),
        ("double", "CASE h(i, 11, 8) WHEN 0 THEN '5E-324' WHEN 1 THEN '1.7976931348623157E308' WHEN 2 THEN '-0' WHEN 3 THEN 'NaN' ELSE (random() * pow(10, h(i, 12, 600) - 300))::VARCHAR END::DOUBLE"),
        ("exact", "((hash(i, 13) >> 12)::HUGEINT * 12345)::DECIMAL(38,0)::DECIMAL(38,6)"),
        ("text", "CASE h(i, 14, 5) WHEN 0 THEN '' WHEN 1 THEN E'\"\\\\\\n' || chr(1) WHEN 2 THEN 'ö€😀' WHEN 3 THEN repeat('a long one ', 20) ELSE 'x' || (i % 9) END"),
        ("day", "DATE '0001-01-01' + (h(i, 15, 3652058))::INTEGER"),
        ("time", "(TIME '00:00:00' + to_microseconds((h(i, 16, 86400000000))::BIGINT))"),
        ("stamp", "make_timestamp((h(i, 17, 250000000000000000))::BIGINT - 62135596800000000)"),
        ("point", "make_timestamptz((h(i, 18, 250000000000000000))::BIGINT - 62135596800000000)"),
        ("span", "to_microseconds((h(i, 19, 1000000000000))::BIGINT) + to_days((h(i, 20, 1000))::INTEGER)"),
        ("id", "uuid()"),
        ("bytes", "encode(md5(i::VARCHAR))"),
        ("list", "CASE WHEN h(i, 21, 3) = 0 THEN [] ELSE [i::INTEGER, NULL, (-i)::INTEGER] END"),
        ("payment", "['Cash', 'Card', 'Voucher', 'Cheque', 'cash'][1 + (h(i, 22, 5))::INTEGER]"),
        ("map", "MAP {'a': i / 7::DOUBLE, 'ü': -0.0::DOUBLE}"),
    ];

    /// <summary>Columns of the kinds that are rarer.</summary>
    private static readonly (string Name, string Sql)[] RareKinds =
    [
        ("letter", "CASE WHEN h(i, 1, 30) = 0 THEN ['', 'ab', '😀', ' '][1 + (i % 4)::INTEGER] ELSE ['a', 'ö', '€', '\"', E'\n'][1 + (i % 5)::INTEGER] END"),
        ("link", "CASE WHEN h(i, 2, 30) = 0 THEN 'ü' ELSE 'https://example.com/%C3%BC?q=' || i END"),
        ("release", "CASE WHEN h(i, 3, 30) = 0 THEN '1' ELSE '1.2.' || i END"),
        ("half", "CASE h(i, 4, 30) WHEN 0 THEN '65520' WHEN 1 THEN '-0' WHEN 2 THEN '6e-8' WHEN 3 THEN 'NaN' WHEN 4 THEN '65504' WHEN 5 THEN '0.1' ELSE (h(i, 40, 2000) / 4)::VARCHAR END::FLOAT"),
        ("huge", "CASE h(i, 5, 4) WHEN 0 THEN 170141183460469231731687303715884105727 ELSE (hash(i, 6))::HUGEINT * -7 END"),
        ("vast", "CASE h(i, 7, 4) WHEN 0 THEN '340282366920938463463374607431768211455' ELSE hash(i, 8)::VARCHAR END::UHUGEINT"),
        ("byte", "h(i, 9, 256)::UTINYINT"), ("short", "h(i, 10, 65536)::USMALLINT"), ("word", "h(i, 11, 4294967296)::UINTEGER"),
        ("grid", "CASE WHEN h(i, 12, 30) = 0 THEN [[1], [2, 3]] WHEN i % 3 = 0 THEN [] ELSE [[i, 0.1], [-0.0, 1e-3]] END::FLOAT[][]"),
        ("any", "{'a': [i, NULL], 'ü': i / 7::DOUBLE, 't': TIME '01:02:03'}"),
        ("rides", "CASE WHEN i % 3 = 0 THEN [] ELSE [{'distance': random(), 'passengers': i, 'zone': NULL}, {'distance': 1, 'passengers': 2, 'zone': 'z'}] END"),
        ("payments", "CASE WHEN h(i, 13, 30) = 0 THEN ['Cheque'] ELSE ['Cash', 'Voucher'] END"),
        ("maybe", "CASE WHEN i % 2 = 0 THEN i END::INTEGER"),
        ("named", "MAP {'a': {'distance': random(), 'passengers': 1}, 'ü': {'distance': 2.5, 'passengers': i}}"),
        ("words", "[['a', ''], [], ['x' || i]]"),
        ("other", "CASE WHEN i % 2 = 0 THEN {'distance': random(), 'passengers': i} END"),
    ];

    [Theory]
    [InlineData("echo", false), InlineData("echo", true), InlineData("rare", false), InlineData("rare", true)]
    public async Task What_is_read_of_a_row_is_what_is_read_of_its_request(string query, bool hasNulls)
    {
        var columns = (query == "echo" ? Kinds : RareKinds).Select(one => hasNulls
            ? $"CASE WHEN hash(i, '{one.Name}') % 40 = 0 THEN NULL ELSE {one.Sql} END AS {one.Name}"
            : $"{one.Sql} AS {one.Name}");
        Assert.InRange(await CompareAsync(query, string.Join(", ", columns)), Rows / 8, Rows - 1);
    }

    [Theory]
    [InlineData("TINYINT"), InlineData("SMALLINT"), InlineData("INTEGER"), InlineData("BIGINT"), InlineData("HUGEINT"), InlineData("UTINYINT")]
    [InlineData("USMALLINT"), InlineData("UINTEGER"), InlineData("UBIGINT"), InlineData("DECIMAL(18,0)")]
    public async Task Whole_numbers_of_each_width_are_what_parameters_have_or_are_refused(string type)
    {
        var value = $"TRY_CAST(CASE hash(i) % 4 WHEN 0 THEN i WHEN 1 THEN -i WHEN 2 THEN (hash(i, 1) >> 8)::HUGEINT ELSE 9007199254740993 END AS {type})";

        await CompareAsync("predict", $"{value} AS distance, {value} AS passengers");
    }

    [Fact]
    public async Task Members_that_have_columns_are_what_the_members_of_an_object_are()
    {
        await CompareAsync(
            "quote", "random() * 100 AS distance, i::INTEGER AS passengers, CASE WHEN i % 3 = 0 THEN 'z' || i END AS zone");
        await CompareAsync(
            "quote", "{'distance': random(), 'passengers': i, 'zone': CASE WHEN i % 3 = 0 THEN 'z' || i END} AS ride, 'Card' AS payment");
    }

    /// <returns>How many of the rows could be read.</returns>
    private static async Task<int> CompareAsync(string query, string columns)
    {
        using var job = await RidesJob.StartAsync();
        var model = await job.OpenAsync();
        using var tables = new DuckTables(job.At("spill"), 256, 1);
        tables.Run("CREATE MACRO h(n, seed, most) AS (hash(n, seed) % most)::BIGINT");
        tables.Run($"CREATE TABLE rows AS SELECT {columns} FROM range({Rows}) t(i)");
        var schema = model.Content.Record.Schema;
        var map = ColumnMap.Find(
            schema.Queries.Single(one => one.Name == query), schema, tables.Columns("SELECT * FROM rows"), ValueForm.Typed,
            new Dictionary<string, string>(), out var faults);
        Assert.Empty(faults);
        var compared = model.Queries.Single(one => one.Name == query).Accept(new Comparison(map!));
        return DuckRows.Sum(tables, "SELECT * FROM rows", compared);
    }

    /// <summary>Compares the rows of a query with its types.</summary>
    private sealed class Comparison(ColumnMap map) : IServedQueryVisitor<Func<IReadOnlyDictionary<string, Vector>, int, int>>
    {
        public Func<IReadOnlyDictionary<string, Vector>, int, int> Visit<TArguments, TAnswer>(
            ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form)
            where TArguments : struct => (rows, count) => Compare((RowForm<TArguments, TAnswer>)form, rows, count);

        public Func<IReadOnlyDictionary<string, Vector>, int, int> VisitStream<TArguments, TItem>(
            ServedQuery<TArguments, IAsyncEnumerable<TItem>> query, JsonForm<TArguments, TItem> form)
            where TArguments : struct => (rows, count) => Compare((RowForm<TArguments, TItem>)form, rows, count);

        private int Compare<TArguments, TAnswer>(
            RowForm<TArguments, TAnswer> form, IReadOnlyDictionary<string, Vector> rows, int count)
            where TArguments : struct
        {
            map.Root.Bind(rows);
            var reader = new RowReader(map);
            var read = 0;
            for (var row = 0; row < count; row++)
            {
                var input = reader.Read(row);
                var own = form.Read(ref input);
                var (other, errors) = ReadRequest(form, row);

                Assert.True(
                    reader.Errors.Count > 0 == errors is not null,
                    $"row {row}: of columns '{reader.Errors.Reason}', of JSON '{errors}'");
                if (errors is null)
                {
                    Assert.Equal(Fields(other), Fields(own));
                    read++;
                }
            }

            return read;
        }

        private (TArguments Arguments, string? Error) ReadRequest<TArguments, TAnswer>(
            JsonForm<TArguments, TAnswer> form, int row)
            where TArguments : struct
        {
            var json = new JsonOutput();
            try
            {
                map.Root.Write(json, row);
            }
            catch (CellException refused)
            {
                return (default, refused.Message);
            }

            var errors = new BindingErrors();
            var arguments = JsonInput.Read<TArguments>(json.Written.Span, errors, form.Read);
            return (arguments, errors.Count > 0 ? errors[0].ToString() : null);
        }

        /// <summary>What the arguments hold, to the last bit and kind.</summary>
        private static List<string> Fields<TArguments>(TArguments arguments) =>
            [.. typeof(TArguments).GetFields().SelectMany(field => Shown(field.GetValue(arguments)))];

        private static IEnumerable<string> Shown(object? value) => value switch
        {
            null => ["null"],
            double number => [$"{BitConverter.DoubleToInt64Bits(number):X}"],
            float number => [$"{BitConverter.SingleToInt32Bits(number):X}"],
            DateTime time => [$"{time.Ticks} {time.Kind}"],
            DateTimeOffset time => [$"{time.Ticks} {time.Offset}"],
            string text => [text],
            decimal number => [string.Join(' ', decimal.GetBits(number))],
            System.Collections.IEnumerable items => items.Cast<object?>().SelectMany(Shown).Prepend("["),
            _ when value.GetType().Namespace == typeof(Model.Ride).Namespace && !value.GetType().IsEnum =>
                value.GetType().GetProperties().Where(one => one.Name != "EqualityContract").SelectMany(one => Shown(one.GetValue(value))),
            _ when value.GetType().IsGenericType => [value.ToString()!],
            _ => [$"{value.GetType().Name} {value}"],
        };
    }
}
