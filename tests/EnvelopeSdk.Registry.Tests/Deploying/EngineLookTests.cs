using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What the engine sees while a step moves a deployment on and adds its processes.</summary>
public sealed class EngineLookTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public async Task No_process_is_seen_without_its_deployment_whenever_that_moves_on(int moves)
    {
        var reads = 0;
        bool HasMoved() => reads >= moves;
        T Read<T>(Func<T> what)
        {
            var seen = what();
            reads++;
            return seen;
        }

        var look = await EngineLook.TakeAsync(
            () => Task.FromResult(Read<IReadOnlyList<Instance>>(() => HasMoved() ? [new("a", 7, "process", "", default, false, 0, default)] : [])),
            () => Task.FromResult(Read(() => new Dictionary<string, DeploymentSettings> { ["prices"] = new() })),
            () => Task.FromResult(Read<IReadOnlyList<DeploymentRow>>(() => [Row(HasMoved() ? DeploymentState.Starting : DeploymentState.Building)])));

        Assert.All(look.Processes, one => Assert.True(look.Deployments.Single(row => row.Id == one.Deployment).Runs));
        Assert.Equal(moves == 0, look.Processes.Count > 0);
    }

    private static DeploymentRow Row(string state) => new(
        new(7, "prices", 1, "golden-linear", "sha256:" + new string('a', 64), "", state, null, default, "", null, null, 0, null, null, null, null),
        null, default, null, IsActive: true, IsLive: false);
}
