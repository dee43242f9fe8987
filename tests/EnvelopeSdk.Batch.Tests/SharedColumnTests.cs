using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Columns that members of several objects are called by.</summary>
public sealed class SharedColumnTests
{
    [Fact]
    public async Task A_column_is_not_that_of_two_objects_unless_that_is_said()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "compare", "distance,passengers,before\n7,1,5\n");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => job.RunAsync(options));

        Assert.Contains(
            "right.distance: The column 'distance' is that of 'left.distance'. Say which is meant with --map right.distance=COLUMN.",
            refused.Message, StringComparison.Ordinal);
        Assert.Contains("right.passengers: The column 'passengers' is that of 'left.passengers'.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("4.0", await AnswerAsync(job, options, ("right.distance", "before"), ("right.passengers", "passengers")));
        Assert.Equal("0.0", await AnswerAsync(job, options, ("right.distance", "distance"), ("right.passengers", "passengers")));
    }

    [Fact]
    public async Task A_column_that_is_said_to_be_that_of_one_object_is_that_of_one_behind_it_only_if_that_is_said_too()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "compare", "distance,passengers,before\n7,1,5\n");
        (string, string)[] map = [("left.distance", "distance"), ("left.passengers", "passengers")];

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, options, map));

        Assert.Contains("right.distance: The column 'distance' is that of 'left.distance'. Say which is meant", refused.Message, StringComparison.Ordinal);
        Assert.Contains("right.passengers: The column 'passengers' is that of 'left.passengers'.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("4.0", await AnswerAsync(job, options, [.. map, ("right.distance", "before"), ("right.passengers", "passengers")]));
    }

    [Fact]
    public async Task A_column_that_is_said_to_be_that_of_one_object_is_not_that_of_another_which_could_have_its_default()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "longer", "distance,passengers,before\n7,1,5\n");

        Assert.Equal("14.0", await AnswerAsync(job, options, ("left.distance", "distance"), ("left.passengers", "passengers")));
        Assert.Equal("14.0", await AnswerAsync(job, options, ("left.distance", "DISTANCE"), ("left.passengers", "Passengers")));
        var partly = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, options, ("left.passengers", "passengers"), ("right.distance", "before")));
        Assert.Contains("right.passengers: The column 'passengers' is that of 'left.passengers'. Say which is meant with --map right.passengers=COLUMN.", partly.Message, StringComparison.Ordinal);
        Assert.Equal("4.0", await AnswerAsync(job, options, ("left.passengers", "passengers"), ("right.distance", "before"), ("right.passengers", "passengers")));
    }

    [Fact]
    public async Task An_object_that_has_a_default_has_it_where_all_columns_are_those_of_another()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "longer", "distance,passengers,before\n7,1,5\n");

        Assert.Equal("14.0", await AnswerAsync(job, options));
        Assert.Equal("4.0", await AnswerAsync(job, options, ("right.distance", "before"), ("right.passengers", "passengers")));
    }

    [Fact]
    public async Task A_member_that_may_be_left_out_has_no_default_where_a_column_of_another_is_called_so()
    {
        using var job = await RidesJob.StartAsync();
        var options = Options(job, "compare", "distance,passengers,zone,before\n7,1,z,5\n");
        (string, string)[] map = [("right.distance", "before"), ("right.passengers", "passengers")];

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => AnswerAsync(job, options, map));

        Assert.Contains("right.zone: The column 'zone' is that of 'left.zone'. Say which is meant with --map right.zone=COLUMN.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("4.0", await AnswerAsync(job, options, [.. map, ("right.zone", "zone")]));
    }

    [Fact]
    public async Task Of_columns_that_differ_by_case_the_one_is_named_that_another_member_has()
    {
        using var job = await RidesJob.StartAsync();
        var schema = (await job.OpenAsync()).Content.Record.Schema;
        Column[] columns = [.. ((string[])["Distance", "distance", "passengers"]).Select(name => new Column(name, new(ColumnKind.Double, "DOUBLE")))];

        ColumnMap.Find(schema.Queries.Single(one => one.Name == "compare"), schema, columns, ValueForm.Typed, new Dictionary<string, string>(), out var faults);

        Assert.Contains(faults, one => one.ToString().Contains("The column 'distance' is that of 'left.distance'", StringComparison.Ordinal));
    }

    private static BatchOptions Options(RidesJob job, string query, string rows) =>
        new() { Input = job.Text("in.csv", rows), Output = job.At("out.csv"), Query = query, Key = ["before"] };

    private static async Task<string> AnswerAsync(RidesJob job, BatchOptions options, params (string Member, string Column)[] map)
    {
        await job.RunAsync(options with { Map = map.ToDictionary(one => one.Member, one => one.Column), Overwrite = true });
        return File.ReadLines(options.Output).Last().Split(',')[1];
    }
}
