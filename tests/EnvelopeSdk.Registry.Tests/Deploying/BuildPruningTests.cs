using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Builds;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Which builds stay, and which make room.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class BuildPruningTests : IAsyncLifetime
{
    private DeployedStore _store = null!;

    public async Task InitializeAsync() => _store = await DeployedStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_deployment_that_waits_for_weeks_keeps_its_own_build_and_nobody_elses()
    {
        await _store.ConfigureAsync(new() { Strategy = new() { Steps = [new(50, 0)], MinimumRequests = 1_000_000 } });
        var (one, two) = (await _store.AddAsync(1), await _store.AddAsync(2));
        await _store.DeployUntilAsync(one);
        var waiting = await _store.DeployUntilAsync(two, DeploymentState.Canary);
        var unknown = Directory.CreateDirectory(Path.Combine(_store.Services, "builds", "of-nobody-1.0.0"));
        File.WriteAllText(Path.Combine(unknown.FullName, "service.dll"), "");

        _store.BetweenPrunes = TimeSpan.Zero;
        await _store.Served.RestartAsync();
        await Patiently.HoldsAsync(() => !Directory.Exists(unknown.FullName));

        Assert.True(IsBuilt(one) && IsBuilt(two));
        Assert.Equal(DeploymentState.Canary, (await _store.HistoryAsync(waiting)).Deployment.State);
    }

    private bool IsBuilt(EnvelopeReference envelope) =>
        Directory.Exists(Path.Combine(_store.Services, "builds", new BuildKey(envelope, _store.Platform).Folder));
}
