using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Tests.Deploying;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>The whole way of an envelope, from the list to a rollback, of a person who only clicks and types.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class ClickPathTests : IAsyncLifetime, IDisposable
{
    private const string Newest = "tbody tr:first-child td:nth-child(2) a";
    private const string RemoveRule = "form[action*='/rules/'][action$='/remove']";
    private const string Prices = "/deployments/prices";

    private DeployedStore _store = null!;
    private Browser _browser = null!;

    public async Task InitializeAsync()
    {
        _store = await DeployedStore.StartAsync();
        _browser = new();
        _browser.Open($"{_store.Served.Address}/?token={_store.Served.Token}");
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _browser.Dispose();

    [BrowserFact]
    public async Task An_envelope_is_found_deployed_called_followed_by_a_rule_and_taken_back_in_clicks_alone()
    {
        await _store.AddAsync(1, null, ("stage", "ready"));
        var first = await _store.AddAsync(2, null, ("stage", "ready"));
        var second = await _store.AddAsync(3);

        FindNewestReady(first);
        DeployOnNewConfiguration();
        await BecomesLiveAsync(first);
        TryAndSaveRule();
        CallAndSee("2");
        await LetRuleDeployAsync(second);
        CallAndSee("3");
        await RollBackAsync(first);
        CallAndSee("2");

        Assert.Empty(_browser.Complaints);
    }

    private void FindNewestReady(EnvelopeReference newest)
    {
        Go(() => _browser.Follow("Envelopes"));
        Go(() => _browser.Follow("stage=ready"));
        _browser.Has(2, "tbody tr");
        Go(() => _browser.Click(Newest));
        _browser.Shows(newest.Digest.ToString());
    }

    private void DeployOnNewConfiguration()
    {
        _browser.Erase("input[name=configuration]");
        _browser.Type("input[name=configuration]", "prices");
        Go(() => _browser.Click("form[action$='/deploy'] button"));
        _browser.IsAt(Prices);
    }

    /// <summary>The page shows it by itself.</summary>
    private async Task BecomesLiveAsync(EnvelopeReference envelope)
    {
        var page = Uri.EscapeDataString($"{envelope.Digest}");
        await Patiently.HoldsAsync(() => _browser.Count($"dl dd:first-of-type a[href*='{page}']") == 1);
        _browser.Has(0, "[data-under-way]");
        Assert.Equal([], _browser.Hindrances());
    }

    private void TryAndSaveRule()
    {
        _browser.Type("input[name=rule]", "newest");
        _browser.Type("textarea[name=tags]", "stage=ready");
        Go(() => _browser.Click("button[name=try]"));
        _browser.Shows("Dry run: nothing is deployed by it");
        _browser.Has(0, RemoveRule);
        Go(() => _browser.Click("form[action$='/rules'] button:not([name])"));
        _browser.Has(1, RemoveRule);
    }

    /// <summary>Asks what no example has, of which the service has its own answer.</summary>
    private void CallAndSee(string answer)
    {
        Go(() => _browser.Follow("call it from here"));
        _browser.Erase("input[name='value.offset']");
        _browser.Type("input[name='value.offset']", "-1.25");
        Go(() => _browser.Click("form[action$='/call/predict'] button"));
        _browser.Shows("200 OK");
        Assert.Equal(answer, _browser.TextOf("pre[aria-label=Answer]"));
        Go(() => _browser.Follow("the configuration prices"));
    }

    /// <summary>Tags another envelope, which the rule takes then.</summary>
    private async Task LetRuleDeployAsync(EnvelopeReference envelope)
    {
        Go(() => _browser.Follow("Envelopes"));
        Go(() => _browser.Click(Newest));
        _browser.Type("input[name=tag]", "stage");
        _browser.Type("input[name=value]", "ready");
        Go(() => _browser.Click("form.tag button"));
        Go(() => _browser.Follow("Deployments"));
        Go(() => _browser.Follow("prices"));
        await BecomesLiveAsync(envelope);
        _browser.Shows("the rule newest");
        _browser.Shows("It is what runs."); // what the rule would do now
    }

    private async Task RollBackAsync(EnvelopeReference envelope)
    {
        Go(() => _browser.Click("form[action$='/rollback'] button"));
        await BecomesLiveAsync(envelope);
        _browser.Shows("A rule does not try that again");
        Assert.Equal(
            [DeploymentState.Live, DeploymentState.RolledBack, DeploymentState.Retired],
            (await _store.ListAsync()).Select(one => one.State));
    }

    /// <summary>Leads to a page, on which nothing hinders who cannot see it.</summary>
    private void Go(Action click)
    {
        _browser.Leave(click);
        Assert.Equal([], _browser.Hindrances());
    }
}
