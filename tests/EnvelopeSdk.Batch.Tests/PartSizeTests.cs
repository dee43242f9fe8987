using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>How many rows are finished at once.</summary>
public sealed class PartSizeTests
{
    [Fact]
    public async Task An_example_that_fails_says_nothing_of_it_and_ends_no_job()
    {
        using var job = await RidesJob.StartAsync();
        var model = await job.OpenAsync(); // not loaded yet, so that none of its examples is answered
        var query = model.Content.Record.Schema.Queries.Single(one => one.Name == "table");

        Assert.Equal(1_000_000, await PartSize.OfAsync(model, query, long.MaxValue, default));
        await model.LoadAsync([], default);
        Assert.NotEqual(1_000_000, await PartSize.OfAsync(model, query, long.MaxValue, default));
    }

    [Theory]
    [InlineData(100, "100"), InlineData(101, "100"), InlineData(120, "100"), InlineData(99, "60,40"), InlineData(60, "60,40"), InlineData(50, "40,40,20"), InlineData(10, "10,10,10,10,10,10,10,10,10,10")]
    public void Parts_are_whole_row_groups_and_one_where_as_many_rows_can_be(long most, string sizes)
    {
        var rows = new RowRange("rows", "number", 0, 100, 0) { Groups = new("in.parquet", 20) };

        Assert.Equal(sizes, string.Join(',', rows.Cut(most).Select(one => one.Count)));
    }

    [Fact]
    public void Rows_that_are_less_than_their_row_groups_are_one_part_too()
    {
        var rows = new RowRange("rows", "number", 0, 95, 0) { Groups = new("in.parquet", 20) };

        Assert.Equal(95, Assert.Single(rows.Cut(96)).Count);
    }
}
