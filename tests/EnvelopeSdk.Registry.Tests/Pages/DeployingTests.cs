using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>The pages of deployments as a person uses them.</summary>
public sealed class DeployingTests : IAsyncLifetime
{
    private const string Price = "price";
    private const string RemoveRule = "form[action*='/rules/'][action$='/remove']";

    private DeployingStore _deploying = null!;

    public async Task InitializeAsync()
    {
        _deploying = await DeployingStore.StartAsync(null, ServedStore.Linear, ServedStore.Stacked);
        await _deploying.ConfigureAsync(Price, new());
    }

    public async Task DisposeAsync() => await _deploying.DisposeAsync();

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_deployment_that_waits_for_another_person_is_asked_for_and_cancelled(bool runsScripts)
    {
        using var browser = SignedIn(runsScripts: runsScripts);
        browser.Follow("Deployments");
        browser.Type("input[name=name]", "careful");
        browser.Type("input[name=steps]", "10:60");
        browser.Click("input[name=approval]");
        browser.Click("form[action='/deployments/new'] button");
        browser.Shows("Services are built and run as the user of this registry");

        browser.Follow("Envelopes");
        browser.Follow(ServedStore.Linear);
        browser.Erase("input[name=configuration]");
        browser.Type("input[name=configuration]", "careful");
        browser.Click("form[action$='/deploy'] button");

        browser.IsAt("/deployments/careful");
        browser.Shows("Waits for approval. Somebody else than who asked for it has to approve it.");
        browser.Has(0, "form[action$='/approve']");
        browser.Click("form[action$='/cancel'] button");
        browser.Shows("cancelled By ");
        browser.Has(0, "[data-under-way]");
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task The_page_goes_on_with_a_deployment_and_keeps_what_is_typed()
    {
        var id = await _deploying.MoveAsync(Price, ServedStore.Linear, DeploymentState.Building);
        using var browser = SignedIn();
        browser.Open($"{_deploying.Address}/deployments/{Price}");
        browser.Shows("Deployment 1 is under way");
        browser.Type("input[name=rule]", "typed");

        await _deploying.MoveAsync(id, DeploymentState.Starting);
        browser.Shows("starting 20");
        Assert.DoesNotContain("Look again", browser.Text, StringComparison.Ordinal); // what is for who runs no scripts
        await _deploying.MoveAsync(id, DeploymentState.Failed);

        browser.Has(0, "[data-under-way]");
        browser.Shows("Deployment 1 has failed");
        Assert.Equal("typed", browser.Value("input[name=rule]"));
    }

    [BrowserFact]
    public async Task What_is_live_is_called_from_the_page_of_its_envelope_with_an_example()
    {
        await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        using var browser = SignedIn();
        browser.Follow("Deployments");
        browser.Follow(Price);
        browser.Follow("call it from here");

        browser.Erase("input[name='value.offset']");
        browser.Type("input[name='value.offset']", "-1.25");
        browser.Click("form[action$='/call/predict'] button");

        browser.Shows("200 OK");
        browser.Shows("\"value\": 6.6545");
        Assert.Equal(($"/{Price}/predict", """{"x":[1,2,3],"offset":-1.25}"""), _deploying.Gateway.Asked);
        Assert.Equal("-1.25", browser.Value("input[name='value.offset']"));
    }

    [BrowserFact]
    public void A_rule_is_tried_before_it_is_saved_and_removed_again()
    {
        using var browser = SignedIn();
        browser.Open($"{_deploying.Address}/deployments/{Price}");
        browser.Type("input[name=rule]", "newest");
        browser.Type("textarea[name=tags]", "team=pricing\nstage=live");
        browser.Type("textarea[name=metrics]", "r2>0.9");
        browser.Click("button[name=try]");

        browser.Shows("Now: none No envelope fits.");
        browser.Has(0, RemoveRule);
        browser.Click("form[action$='/rules'] button:not([name])");
        browser.Shows("team=pricing, stage=live, r2>0.9");
        browser.Click(RemoveRule + " button");
        browser.Has(0, RemoveRule);
    }

    [BrowserFact]
    public async Task What_ran_at_a_time_is_told_and_taken_back_in_one_click()
    {
        await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        await _deploying.GoLiveAsync(Price, ServedStore.Stacked);
        using var browser = SignedIn();
        browser.Open($"{_deploying.Address}/deployments/{Price}");
        browser.Type("input[name=at]", "2020-05-03T14:00Z\n");
        browser.Shows("Nothing ran at 2020-05-03 14:00:00Z.");
        browser.Erase("input[name=at]");
        browser.Type("input[name=at]", "2999-01-01\n");
        browser.Shows($"At 2999-01-01 00:00:00Z ran {ServedStore.Stacked}");

        browser.Click("form[action$='/rollback'] button");

        browser.Shows("Deployment 3 is under way");
        browser.Shows("takes back 2");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_hinders_who_cannot_see_the_pages_of_deployments(bool isDark)
    {
        await _deploying.GoLiveAsync(Price, ServedStore.Linear);
        await _deploying.MoveAsync(Price, ServedStore.Stacked, DeploymentState.Canary);
        await _deploying.ConfigureAsync(Price, new() { Replicas = 2 });
        using var browser = SignedIn(isDark);
        string[] pages =
        [
            "/deployments", $"/deployments/{Price}?deployment=1&at=1h&version=1", $"/envelopes/{ServedStore.Linear}",
            $"/deployments/{Price}?rule=newest&tags=team%3Dpricing",
        ];
        foreach (var page in pages)
        {
            browser.Open(_deploying.Address + page);
            Assert.Equal([], browser.Hindrances());
        }

        browser.Open($"{_deploying.Address}/envelopes/{ServedStore.Linear}");
        browser.Click("form[action$='/call/count'] button");
        browser.Shows("Answer");
        Assert.Equal([], browser.Hindrances());
    }

    private Browser SignedIn(bool isDark = false, bool runsScripts = true)
    {
        var browser = new Browser(isDark, runsScripts);
        browser.Open($"{_deploying.Address}/?token={_deploying.Served.Token}");
        return browser;
    }
}
