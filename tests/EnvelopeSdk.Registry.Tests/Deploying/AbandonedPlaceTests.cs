using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What becomes of what a registry has left running.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class AbandonedPlaceTests
{
    [Fact]
    public async Task Services_builds_runs_and_the_gateway_of_a_registry_that_has_ended_are_ended()
    {
        using var directory = new TempDirectory();
        var (place, gateway) = (directory.At("run"), directory.At("gateway"));
        var build = Path.Combine(place, "builds", "one.partial");
        var run = Path.Combine(place, "runs", "1-1");
        (DetachedProcess Process, string Mark)[] left =
        [
            (new(Path.Combine(place, "instances", "a1"), "a1"), "a1"), (new(build, build), build),
            (GatewayProcess.Of(place, gateway), gateway), (JobProcesses.In(run), Path.Combine(run, "code")),
        ];
        foreach (var (process, mark) in left)
        {
            await process.StartAsync(
                ["sh", "-c", "sleep 60; exit 1", mark], "/", CleanEnvironment.Of(user: null),
                default);
            Assert.True(process.IsRunning);
        }

        await AbandonedPlace.EndAsync(place, gateway);

        Assert.All(left, one => Assert.False(one.Process.IsRunning));
    }

    [Fact]
    public async Task A_place_that_nobody_took_has_nothing_to_end()
    {
        using var directory = new TempDirectory();

        await AbandonedPlace.EndAsync(directory.At("run"), directory.At("gateway"));

        Assert.False(Directory.Exists(directory.At("run")));
    }
}
