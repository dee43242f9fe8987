using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What was answered of some rows of which one could not be.</summary>
public sealed class UnfinishedRowsTests
{
    [Fact]
    public async Task Rows_that_were_answered_before_one_that_ended_them_do_not_stand_before_the_next()
    {
        using var job = await RidesJob.StartAsync();
        var model = await job.OpenAsync();
        await model.LoadAsync([], default);
        using var tables = new DuckTables(job.At("spill"), 256, 1);
        tables.Run("CREATE TABLE input AS SELECT * FROM (VALUES (1, 1.0::DOUBLE), (2, 2.0), (3, -1.0), (4, 4.0)) AS one(i, distance)");
        var record = model.Content.Record;
        var query = record.Schema.Queries.Single(one => one.Name == "predict");
        tables.Run("ALTER TABLE input ADD COLUMN passengers INTEGER DEFAULT 0");
        var columns = tables.Columns("SELECT * FROM input");
        var plan = RowPlan.Of(query, record.Schema, columns, ValueForm.Typed, new() { Query = "predict" });
        using var function = new DuckFunction(
            tables, "answer_them", plan.Used, "input",
            () => new RowAnswers(model.Queries.Single(one => one.Name == "predict"), query, record, plan.NewMap(), "price"), default);
        var call = $"SELECT CAST((answer_them(i::BIGINT, {string.Join(", ", plan.Used.Select(one => one.Name))})).c0 AS VARCHAR) FROM input WHERE i";

        function.Begin(new(0));
        Assert.Throws<DuckException>(() => tables.Texts($"{call} < 4"));
        function.Begin(new(0));
        var next = tables.Texts($"{call} = 4");

        Assert.Equal(["9.0"], next);
    }
}
