using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>The pages as a person uses them.</summary>
public sealed class BrowsingTests : IAsyncLifetime
{
    /// <summary>Nothing of it is markup, wherever it stands.</summary>
    private const string Odd = "<b>\"bold\"</b> & 'x' 🙂";

    private ServedStore _served = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync(ServedStore.Linear, "golden-pooled", ServedStore.Stacked);
        var store = _served.Store;
        var envelope = (await store.OpenAsync(ServedStore.Linear)).Reference;
        await store.TagAsync(envelope, new Dictionary<string, string?> { ["stage"] = "test", [Odd] = Odd });
        await store.RecordMetricAsync(envelope, "roc", new RocCurve([0, 0.2, 1], [0, 0.8, 1], [1, 0.5, 0]));
        await store.RecordMetricAsync(envelope, Odd, new ConfusionMatrix([Odd, "other"], [[5, 1], [2, 7]]));
        for (var step = 1; step < 5; step++)
        {
            await store.RecordMetricAsync(envelope, "loss", 1.0 / step, step);
        }

        await store.RecordMetricAsync(envelope, "r2", 0.9);
        await store.RecordMetricAsync((await store.OpenAsync(ServedStore.Stacked)).Reference, "r2", double.NaN);
        await store.RecordMetricAsync((await store.OpenAsync("golden-pooled")).Reference, "r2", 0.5);
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_envelope_is_found_by_its_tag_and_tagged_with_scripts_and_without(bool runsScripts)
    {
        using var browser = SignedIn(runsScripts: runsScripts);

        browser.Has(3, "tbody tr");
        browser.Follow("stage=test");
        browser.Has(1, "tbody tr");
        browser.Follow(ServedStore.Linear);
        browser.Type("input[name=tag]", "stage");
        browser.Type("input[name=value]", Odd);
        browser.Click("form.tag button");

        browser.Shows($"tag stage = {Odd} (was test)");
        browser.Follow($"stage={Odd}");
        browser.Has(1, "tbody tr");
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public void The_filters_stand_in_the_address_and_can_be_taken_away()
    {
        using var browser = SignedIn();

        browser.Type("input[name=metric]", "r2>0.4");
        browser.Type("input[name=order]", "r2-");
        browser.Press("\n");

        browser.IsAt("metric=r2%3E0.4");
        browser.Has(2, "tbody tr");
        browser.Follow("metric: r2>0.4 ×");
        browser.IsNotAt("metric=");
        browser.IsAt("order=r2-");
    }

    [BrowserFact]
    public void Two_envelopes_are_compared_side_by_side()
    {
        using var browser = SignedIn();

        browser.Click($"input[value^='{ServedStore.Linear}@']");
        browser.Click($"input[value^='{ServedStore.Stacked}@']");
        browser.Click("form[action='/compare'] button");

        browser.Shows("r2 NaN 0.9");
        browser.Shows("breaking");
    }

    [BrowserFact]
    public async Task Who_looks_at_a_page_is_told_when_somebody_else_changes_something()
    {
        using var browser = SignedIn();
        browser.Follow(ServedStore.Linear);
        var linear = (await _served.Store.OpenAsync(ServedStore.Linear)).Reference;
        await Task.Delay(1000); // the page listens
        Assert.DoesNotContain("Look again", browser.Text, StringComparison.Ordinal);
        await _served.Store.TagAsync(linear, OtherStore.Tag("told", "yes"));

        await Distribution.Eventually.HoldsAsync(
            () => browser.Text.Contains("Something has changed.", StringComparison.Ordinal));
        browser.Follow("Look again");
        browser.Shows("told=yes");
    }

    [BrowserFact]
    public void The_keyboard_alone_leads_past_the_top_to_the_content()
    {
        using var browser = SignedIn();

        browser.Press("\t");
        Assert.Equal("Skip to content", browser.Focused);
        browser.Press("\n");
        browser.IsAt("#content");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_hinders_who_cannot_see_the_page(bool isDark)
    {
        using var browser = SignedIn(isDark);
        var linear = $"/envelopes/{ServedStore.Linear}";
        string[] pages =
        [
            "/", "/?metric=r2%3E0", linear, $"/envelopes/{ServedStore.Stacked}", "/tags", "/?name=none",
            $"/compare?envelope={ServedStore.Linear}&envelope={ServedStore.Stacked}", "/compare", "/audit", "/?metric=r2", "/none",
            $"{linear}/{await _served.DigestAsync(ServedStore.Linear)}",
        ];
        foreach (var page in pages)
        {
            browser.Open(_served.Address + page);

            Assert.Equal([], browser.Hindrances());
            browser.Has(0, "main b");
        }

        Assert.Equal(isDark ? "rgba(20, 23, 26, 1)" : "rgba(255, 255, 255, 1)", browser.Ground);
    }

    [BrowserFact]
    public void What_cannot_be_asked_is_said_on_the_page_with_the_cure()
    {
        using var browser = SignedIn();

        browser.Open(_served.Address + "/?metric=r2");

        browser.Shows("'r2' is no condition on a number. Write a name");
    }

    private Browser SignedIn(bool isDark = false, bool runsScripts = true)
    {
        var browser = new Browser(isDark, runsScripts);
        browser.Open($"{_served.Address}/?token={_served.Token}");
        return browser;
    }
}
