using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Columns that members of several objects are called by.</summary>
public sealed class SharedColumnTests
{
    [Fact]
    public async Task A_column_is_not_that_of_two_objects_unless_that_is_said()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "distance,passengers,before\n7,1,5\n"), Output = job.At("out.csv"), Query = "compare", Key = ["before"],
        };

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains(
            "right.distance: The column 'distance' is that of 'left.distance'. Say which is meant with --map right.distance=COLUMN.",
            refused.Message, StringComparison.Ordinal);
        Assert.Contains("right.passengers: The column 'passengers' is that of 'left.passengers'.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("4.0", await AnswerAsync(job, options, ("right.distance", "before"), ("right.passengers", "passengers")));
        Assert.Equal("0.0", await AnswerAsync(job, options, ("right.distance", "distance"), ("right.passengers", "passengers")));
    }

    [Fact]
    public async Task An_object_that_has_a_default_has_it_where_all_columns_are_those_of_another()
    {
        using var job = await RidesJob.StartAsync();
        var options = new BatchOptions
        {
            Input = job.Text("in.csv", "distance,passengers,before\n7,1,5\n"), Output = job.At("out.csv"), Query = "longer", Key = ["before"],
        };

        Assert.Equal("14.0", await AnswerAsync(job, options));
        Assert.Equal("4.0", await AnswerAsync(job, options, ("right.distance", "before"), ("right.passengers", "passengers")));
    }

    private static async Task<string> AnswerAsync(RidesJob job, BatchOptions options, params (string Member, string Column)[] map)
    {
        await job.RunAsync(options with { Map = map.ToDictionary(one => one.Member, one => one.Column), Overwrite = true });
        return File.ReadLines(options.Output).Last().Split(',')[1];
    }
}
