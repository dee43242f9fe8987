using System.Diagnostics;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>The files of the template for engines that distribute work, by the tests that are in their language.</summary>
public sealed class DeployTests
{
    [PythonFact]
    public Task What_runs_a_worker_loses_nothing_and_leaves_nothing_behind() => PassAsync("test_pump");

    [PythonFact]
    public Task What_Spark_calls_answers_each_partition_and_says_what_the_worker_says() => PassAsync("test_spark");

    [PythonFact("distributed")]
    public Task A_Dask_cluster_answers_each_part_once_when_a_worker_of_it_is_killed() => PassAsync("test_dask");

    [PythonFact("yaml")]
    public Task A_job_of_a_cluster_can_write_what_it_writes_and_tries_again_only_what_may_pass() => PassAsync("test_kubernetes");

    private static async Task PassAsync(string tests)
    {
        var start = new ProcessStartInfo(PythonFactAttribute.Python, ["-B", "-m", "unittest", tests])
        {
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "Deploy"),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said + await output);
        Assert.Matches(@"Ran [1-9]\d* tests", said);
    }
}
