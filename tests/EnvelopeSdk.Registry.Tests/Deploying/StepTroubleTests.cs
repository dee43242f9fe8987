using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>A step of a deployment that meets what is mended elsewhere: a disk that is full, or not there.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class StepTroubleTests : IAsyncLifetime
{
    private DeployedStore _store = null!;

    public async Task InitializeAsync() => _store = await DeployedStore.StartAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task A_deployment_says_what_it_waits_for_and_goes_on_when_that_is_mended()
    {
        await _store.ConfigureAsync();
        var envelope = await _store.AddAsync(1);
        var (builds, away) = (Path.Combine(_store.Services, "builds"), Path.Combine(_store.Services, "away"));
        Directory.Move(builds, away);
        File.WriteAllText(builds, "in the way");

        var one = await _store.DeployAsync(envelope);
        await Patiently.HoldsAsync(async () => await ReasonAsync(one) is { } reason
            && reason.Contains("builds", StringComparison.Ordinal) && reason.EndsWith("It is tried again.", StringComparison.Ordinal));
        Assert.Equal(DeploymentState.Building, (await _store.HistoryAsync(one)).Deployment.State);
        File.Delete(builds);
        Directory.Move(away, builds);
        await _store.ComesToAsync(one, DeploymentState.Live);

        Assert.Null(await ReasonAsync(one));
        Assert.Equal("1", await _store.AnswerAsync());
    }

    [Fact]
    public async Task One_that_waits_so_can_be_cancelled()
    {
        await _store.ConfigureAsync();
        var envelope = await _store.AddAsync(1);
        var builds = Path.Combine(_store.Services, "builds");
        Directory.Move(builds, builds + "-away");
        File.WriteAllText(builds, "in the way");
        var one = await _store.DeployAsync(envelope);
        await Patiently.HoldsAsync(async () => await ReasonAsync(one) is not null);

        await _store.ChangeAsync(one, "cancel");

        await _store.ComesToAsync(one, DeploymentState.Cancelled);
    }

    private async Task<string?> ReasonAsync(Deployment one) => (await _store.HistoryAsync(one)).Deployment.Reason;
}
