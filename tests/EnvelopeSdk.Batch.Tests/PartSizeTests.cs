using EnvelopeSdk.Batch.Runs;

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
}
