using System.Net;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>A registry whose machine is gone, with all that ran there, and another one of the same database.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class TakeOverTests : IAsyncLifetime
{
    private DeployedStore _store = null!;
    private EnvelopeReference _first = null!;
    private EnvelopeReference _second = null!;

    public async Task InitializeAsync()
    {
        _store = await DeployedStore.StartAsync();
        await _store.ConfigureAsync();
        (_first, _second) = (await _store.AddAsync(1), await _store.AddAsync(2));
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task What_ran_there_is_deployed_here_and_ends_there_should_that_one_come_back()
    {
        await _store.DeployUntilAsync(_first);
        var live = await _store.DeployUntilAsync(_second);
        await MoveAsync();

        var taken = await TakeOverAsync();

        Assert.Equal(live.Digest, taken.Active!.Digest);
        await _store.ComesToAsync(taken.Active, DeploymentState.Live);
        Assert.Equal("2", await _store.AnswerAsync());
        var steps = (await _store.HistoryAsync(live)).Steps;
        Assert.Contains($"the deployment {taken.Active.Id} is to run", steps[^1].Note, StringComparison.Ordinal);
        await _store.ComesToAsync(await _store.RollBackAsync(), DeploymentState.Live);
        Assert.Equal("1", await _store.AnswerAsync()); // what ran before

        await _store.MoveAsync("services");
        await Patiently.HoldsAsync(() => _store.Processes().Count == 0);
        Assert.NotEqual("2", await _store.AnswerAsync());
    }

    [Fact]
    public async Task What_needs_approval_is_approved_here_once_more_and_nothing_runs_until_then()
    {
        await _store.DeployUntilAsync(_first);
        await _store.ConfigureAsync(new() { NeedsApproval = true });
        await MoveAsync();

        var taken = await TakeOverAsync();

        Assert.Null(taken.Live);
        await Patiently.HoldsAsync(async () => (await _store.HistoryAsync(taken.Active!)).Deployment.Reason is not null);
        Assert.Equal(DeploymentState.Requested, (await _store.HistoryAsync(taken.Active!)).Deployment.State);
    }

    [Fact]
    public async Task A_configuration_on_which_nothing_ran_is_taken_over_with_its_rules()
    {
        await _store.DeployUntilAsync(_first);
        await _store.ConfigureAsync(name: "others");
        await Patiently.HoldsAsync(async () => await OwnsAsync("others"));
        await MoveAsync();

        Assert.Null((await TakeOverAsync("others")).Active);

        await _store.DeployUntilAsync(_second, name: "others");
        Assert.Equal("2", await _store.AnswerAsync("others"));
    }

    [Fact]
    public async Task What_is_under_way_is_cancelled_first()
    {
        await _store.DeployUntilAsync(_first);
        await MoveAsync();
        var waiting = await _store.DeployAsync(_second);

        Assert.Contains($"deployment {waiting.Id}", await RefusedAsync(), StringComparison.Ordinal);

        await _store.ChangeAsync(waiting, "cancel");
        await _store.ComesToAsync((await TakeOverAsync()).Active!, DeploymentState.Live);
        Assert.Equal("1", await _store.AnswerAsync());
    }

    [Fact]
    public async Task What_is_of_this_registry_is_left_as_it_is()
    {
        await _store.DeployUntilAsync(_first);

        Assert.Contains("of this registry already", await RefusedAsync(), StringComparison.Ordinal);

        Assert.Null((await _store.ShowAsync()).Active);
        Assert.Equal("1", await _store.AnswerAsync());
    }

    [BrowserFact]
    public async Task The_page_says_that_it_runs_elsewhere_and_takes_it_over_in_one_click()
    {
        await _store.DeployUntilAsync(_first);
        var page = new Uri(_store.Served.Address + "/deployments/prices");
        Assert.DoesNotContain("another registry's directory", await _store.Client.GetStringAsync(page), StringComparison.Ordinal);
        await MoveAsync();
        using var browser = new Browser();
        browser.Open($"{_store.Served.Address}/?token={_store.Served.Token}");
        browser.Open($"{_store.Served.Address}/deployments/prices");
        browser.Shows("It is of another registry's directory of services, and runs where that one is.");
        Assert.Equal([], browser.Hindrances());

        browser.Click("form[action$='/take-over'] button");

        browser.IsAt("/deployments/prices");
        browser.Has(0, "form[action$='/take-over']");
        await Patiently.HoldsAsync(async () => await _store.AnswerAsync() == "1");
    }

    private EnvelopeRegistry Registry => EnvelopeRegistry.Open(_store.Served.Address, OtherStore.Options, _store.Served.Store);

    private Task<DeploymentConfiguration> TakeOverAsync(string name = "prices") => Registry.TakeOverAsync(name);

    private async Task<string> RefusedAsync() =>
        (await Assert.ThrowsAsync<EnvelopeException>(() => TakeOverAsync())).Message;

    /// <summary>Starts a registry with another directory of services, in which both envelopes are built.</summary>
    private async Task MoveAsync()
    {
        await _store.MoveAsync("others");
        await _store.BuildAsync(_first, new { Answer = 1 });
        await _store.BuildAsync(_second, new { Answer = 2 });
    }

    /// <summary>Whether this registry's engine has taken a configuration.</summary>
    private async Task<bool> OwnsAsync(string name)
    {
        using var answer = await _store.Client.PostAsync($"/api/configurations/{name}/take-over", null);
        return answer.StatusCode == HttpStatusCode.Conflict
            && (await answer.Content.ReadAsStringAsync()).Contains("of this registry already", StringComparison.Ordinal);
    }
}
