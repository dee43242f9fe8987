using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>The pages of batches as a person uses them.</summary>
public sealed class BatchBrowsingTests : IAsyncLifetime
{
    private BatchesHere _here = null!;

    public async Task InitializeAsync() => _here = await BatchesHere.StartAsync();

    public async Task DisposeAsync() => await _here.DisposeAsync();

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_is_made_run_cancelled_and_changed(bool runsScripts)
    {
        using var browser = SignedIn(runsScripts: runsScripts);
        browser.Follow("Batches");
        browser.Shows("There is no batch.");
        browser.Type("input[name=name]", "prices");
        browser.Type("input[name=envelope]", ServedStore.Linear);
        browser.Type("textarea[name=input]", "/data/orders.csv");
        browser.Type("input[name=output]", "/data/prices.csv");
        browser.Click("form[action='/batches/new'] button");

        browser.IsAt("/batches/prices");
        browser.Shows("It has not run.");
        browser.Click("form[action='/batches/prices/runs'] button");
        browser.Shows("Run 1 is under way");
        browser.Click("form[action$='/cancel'] button");
        browser.Shows("cancelled");

        browser.Type("input[name=cron]", "0 3 * * *");
        browser.Click("form[action$='/settings'] button");
        browser.Shows("0 3 * * * (UTC)");
        browser.Shows("Version 2");
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task The_page_goes_on_with_a_run_and_keeps_what_is_typed()
    {
        await _here.SaveAsync(BatchesHere.Nightly, BatchesHere.Settings);
        await _here.SucceedAsync(BatchesHere.Nightly, 2);
        var run = await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Building);
        using var browser = SignedIn();
        browser.Open(_here.Address + BatchesHere.Page);
        browser.Shows($"Run {run.Id} is under way");
        browser.Type("input[name=query]", "typed");

        run = await _here.MoveAsync(run, BatchRunState.Running);
        browser.Shows("running, started");
        await _here.MoveAsync(run, BatchRunState.Succeeded, one => one with
        {
            Ended = one.Started!.Value.AddMinutes(5),
            Rows = 4_321_000,
            Bad = 0,
        });

        browser.Has(0, "[data-under-way]");
        browser.Shows("/data/prices.parquet of 4,321,000 rows");
        browser.Shows("Rows: last 4,321,000"); // the chart too
        Assert.Equal("typed", browser.Value("input[name=query]"));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_hinders_who_cannot_see_the_pages_of_batches(bool isDark)
    {
        var daily = BatchesHere.Settings with { Cron = "0 3 * * *", TimeZone = "Europe/Berlin" };
        await _here.SaveAsync(BatchesHere.Nightly, daily);
        await _here.SaveAsync(BatchesHere.Nightly, daily with { Quarantine = "/data/bad.csv" });
        await _here.SaveAsync("by-hand", BatchesHere.Settings with { Query = "predict" });
        await _here.SucceedAsync(BatchesHere.Nightly, 9);
        using var browser = SignedIn(isDark);
        Check("/batches");
        Check(BatchesHere.Page + "?run=1&version=1");
        Check("/batches/by-hand");

        await _here.RunAsync(
            BatchesHere.Nightly, BatchRunState.Failed, run => run with { Reason = "The disk is full." });
        Check(BatchesHere.Page);
        await _here.RunAsync(BatchesHere.Nightly, BatchRunState.Running);
        Check(BatchesHere.Page);
        Check("/batches");

        void Check(string page)
        {
            browser.Open(_here.Address + page);
            Assert.Equal([], browser.Hindrances());
        }
    }

    private Browser SignedIn(bool isDark = false, bool runsScripts = true)
    {
        var browser = new Browser(isDark, runsScripts);
        browser.Open($"{_here.Address}/?token={_here.Deploying.Served.Token}");
        return browser;
    }
}
