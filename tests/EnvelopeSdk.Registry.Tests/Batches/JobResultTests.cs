using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What is read of what a job wrote, behind what its model wrote there.</summary>
public sealed class JobResultTests : IDisposable
{
    private static readonly BatchRun Run = new(
        1, "nightly", 1, null, null, BatchRunState.Running, null, default, "ann", null, null, null, null, 1, null, null,
        null);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("\n{\"rows\":10,\"bad\":1}\n", 10L)]
    [InlineData("loaded\n{\"rows\":10,\"bad\":1}\n", 10L)] // without an end of its line, which the job adds
    [InlineData("{\"a\":1}\n{\n  \"job\": {\n    \"files\": {}\n  },\n  \"rows\": 10,\n  \"bad\": 1\n}\n", 10L)]
    [InlineData("\n{\"rows\":10,\"bad\":1}\nunloaded\n", 10L)]
    [InlineData("loaded{\"rows\":10,\"bad\":1}\n", null)]
    [InlineData("{\"rows\":10}\n", null)]
    [InlineData("", null)]
    public void The_counts_of_a_job_are_in_the_last_object_that_begins_a_line(string written, long? rows) =>
        Assert.Equal(rows, Wrote(written).CountsOf(Run)?.Rows);

    [Fact]
    public void The_counts_of_a_job_are_known_however_much_its_model_has_written() =>
        Assert.Equal(10, Wrote(new string('x', 33 << 20) + "\n{\"rows\":10,\"bad\":1}\n").CountsOf(Run)?.Rows);

    [Theory]
    [InlineData("loaded\n{\"error\":{\"code\":\"invalid\",\"message\":\"The disk is full.\\nFree space.\"}}\n")]
    [InlineData("{\"error\":{\"code\":\"invalid\",\"message\":\"The disk is full.\"}}\n")]
    public void Why_a_job_failed_is_the_first_line_of_what_it_says(string written) =>
        Assert.Equal("The disk is full.", Wrote(written).ReasonOf(Run, "5"));

    private JobProcesses Wrote(string text)
    {
        var place = new EnginePlace(new()
        {
            Directory = _directory.FullPath,
            GatewayDirectory = _directory.FullPath,
            Platform = "1.0.0",
        });
        Directory.CreateDirectory(place.RunOf(1, 1));
        File.WriteAllText(Path.Combine(place.RunOf(1, 1), "result"), text);
        return new(place, builder: null!); // which reading needs not
    }
}
