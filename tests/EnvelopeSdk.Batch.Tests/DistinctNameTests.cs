using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Queries that give several columns one name, and tables of which no column is a parameter.</summary>
public sealed class DistinctNameTests
{
    [Theory]
    [InlineData("SELECT a.distance, b.distance FROM (SELECT 1.5::DOUBLE distance, 7 k) a JOIN (SELECT 9.5::DOUBLE distance, 7 k) b USING (k)", "several columns 'distance'")]
    [InlineData("SELECT 1.5 AS distance, 2 AS \"Distance\"", "differ by no more than their case: 'distance', 'Distance'")]
    [InlineData("stones.duckdb#SELECT a.*, b.* FROM t a JOIN t b USING (k)", "several columns 'distance'")]
    [InlineData("stones.sqlite#SELECT 1.5 AS distance, 2 AS distance", "several columns 'distance'")]
    [InlineData("stones.sqlite#SELECT distance AS Distance, 2 AS distance FROM t", "differ by no more than their case: 'Distance', 'distance'")]
    public async Task Columns_that_a_query_calls_alike_are_refused_as_those_of_files_are(string input, string refusal)
    {
        using var job = await TablesAsync();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => RunAsync(job, input));

        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT a.distance, b.distance AS other FROM (SELECT 1.5::DOUBLE distance, 7 k) a JOIN (SELECT 9.5::DOUBLE distance, 7 k) b USING (k)")]
    [InlineData("WITH t AS (SELECT 1.5::DOUBLE distance) SELECT * FROM t -- and a comment")]
    [InlineData("stones.duckdb#SELECT a.*, b.distance AS other FROM t a JOIN t b USING (k)")]
    [InlineData("stones.sqlite#SELECT distance, 2 AS other FROM t"), InlineData("stones.sqlite#SELECT distance, 2 AS \"other:1\" FROM t")]
    public async Task Columns_of_a_query_with_names_of_their_own_are_read(string input)
    {
        using var job = await TablesAsync();

        Assert.Equal(1, (await RunAsync(job, input)).Answered);
    }

    [Theory]
    [InlineData("usual", "distances,x"), InlineData("longer", "x,y")]
    public async Task A_table_of_which_no_column_is_a_parameter_is_refused(string query, string header)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllTextAsync(job.At("in.csv"), header + "\n1,2\n");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => RunAsync(job, "in.csv", query));

        Assert.Contains("The table has '", refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            query == "usual" ? "distance: No parameter has a column, and all rows would have one answer" : "left.distance: There is no column",
            refused.Message, StringComparison.Ordinal);
    }

    private static async Task<RidesJob> TablesAsync()
    {
        var job = await RidesJob.StartAsync();
        job.Query($"ATTACH '{job.At("stones.duckdb")}' AS s; CREATE TABLE s.t AS SELECT 1.5::DOUBLE AS distance, 7 AS k; DETACH s");
        await using var connection = new SqliteConnection($"Data Source={job.At("stones.sqlite")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t(distance REAL, k INTEGER); INSERT INTO t VALUES (1.5, 7)";
        await command.ExecuteNonQueryAsync();
        return job;
    }

    private static Task<Runs.RunManifest> RunAsync(RidesJob job, string input, string query = "usual") => job.RunAsync(new()
    {
        Input = input.StartsWith("SELECT", StringComparison.Ordinal) || input.StartsWith("WITH", StringComparison.Ordinal) ? input : job.At(input),
        Output = job.At("out.csv"),
        Query = query,
    });
}
