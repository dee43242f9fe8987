using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tool.Feeds;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>What is said of packages, by a feed over HTTP and by folders.</summary>
public sealed class FeedCheckTests : IDisposable
{
    private static readonly TestPackage Alpha = TestPackage.Pack("Alpha");

    private readonly FeedWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_package_that_a_feed_has_with_the_locked_content_can_be_had()
    {
        _workspace.Feed.Add(Alpha);

        var one = await _workspace.AskAsync(Alpha.Locked);

        Assert.Equal((PackageState.Available, "remote"), (one.State, one.Feed));
        Assert.Empty(FeedReportTable.Findings(one));
        Assert.Equal(0, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_package_that_no_feed_has_is_missing()
    {
        _workspace.Feed.Add(TestPackage.Pack("Alpha", version: "1.0.1"));

        var one = await _workspace.AskAsync(Alpha.Locked);

        Assert.Equal((PackageState.Missing, null), (one.State, one.Feed));
        Assert.Equal(["missing: no feed has it"], FeedReportTable.Findings(one));
        Assert.Equal(1, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_package_of_the_same_version_with_other_content_is_changed()
    {
        _workspace.Feed.Add(TestPackage.Pack("Alpha", "another"));

        var one = await _workspace.AskAsync(Alpha.Locked);

        Assert.Equal(PackageState.Changed, one.State);
        Assert.Equal(["changed: other content on remote"], FeedReportTable.Findings(one));
        Assert.Equal(1, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_second_feed_with_the_locked_content_is_enough_and_the_other_is_told()
    {
        TestPackage.Pack("Alpha", "another").WriteTo(_workspace.Folder);
        _workspace.Feed.Add(Alpha);

        var one = await _workspace.AskAsync(Alpha.Locked);

        Assert.Equal((PackageState.Available, "remote"), (one.State, one.Feed));
        Assert.Equal(["other content on local, which a restore may take"], FeedReportTable.Findings(one));
        Assert.Equal(0, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_folder_is_a_feed_and_is_asked_in_the_order_of_the_configuration()
    {
        Alpha.WriteTo(_workspace.Folder);
        _workspace.Feed.Add(Alpha);

        Assert.Equal("local", (await _workspace.AskAsync(Alpha.Locked)).Feed);
        Assert.DoesNotContain(_workspace.Feed.Asked, path => path.EndsWith(".nupkg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_has_what_is_no_package_has_other_content()
    {
        _workspace.Feed.Add(Alpha.Broken());

        Assert.Equal(PackageState.Changed, (await _workspace.AskAsync(Alpha.Locked)).State);
        Assert.Equal(1, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_no_package_is_told_and_does_not_hide_what_another_feed_has()
    {
        Alpha.Broken().WriteTo(_workspace.Folder);
        _workspace.Feed.Add(Alpha);

        var report = await _workspace.RunAsync(Alpha.Locked);

        Assert.Equal("remote", report.Packages.Single().Feed);
        Assert.NotNull(report.Feeds.Single(feed => feed.Name == "local").Problem);
    }

    [Theory]
    [InlineData("""{ "listed": true }""", "")]
    [InlineData("""{ "listed": false }""", "unlisted")]
    [InlineData(
        """{ "deprecation": { "reasons": ["Legacy"], "message": "Old.", "alternatePackage": { "id": "Beta", "range": "[2.0.0, )" } } }""",
        "deprecated (Legacy): Old.; take Beta (>= 2.0.0)")]
    [InlineData(
        """{ "vulnerabilities": [{ "advisoryUrl": "https://example.org/1", "severity": "2" }] }""",
        "vulnerable, high: https://example.org/1")]
    public async Task What_a_feed_says_of_a_package_is_told_and_ends_with_0(string entry, string finding)
    {
        _workspace.Feed.Add(Alpha, entry);

        var one = await _workspace.AskAsync(Alpha.Locked);

        Assert.Equal(PackageState.Available, one.State);
        Assert.Equal(finding is "" ? [] : [finding], FeedReportTable.Findings(one));
        Assert.Equal(0, _workspace.ExitCode());
    }

    [Theory]
    [InlineData("unlisted", """{ "listed": false }""", """{ "vulnerabilities": [{ "advisoryUrl": "https://example.org/1", "severity": "2" }] }""")]
    [InlineData("deprecated", """{ "deprecation": { "reasons": ["Legacy"] } }""", """{ "listed": false }""")]
    [InlineData("vulnerable", """{ "vulnerabilities": [{ "advisoryUrl": "https://example.org/1", "severity": "0" }] }""", """{ "deprecation": { "reasons": ["Other"] } }""")]
    public async Task Fail_on_ends_with_1_for_what_it_names_alone(string failOn, string refused, string accepted)
    {
        _workspace.Feed.Add(Alpha, refused);
        await _workspace.AskAsync(Alpha.Locked);
        Assert.Equal(1, _workspace.ExitCode(failOn));

        _workspace.Feed.Add(Alpha, accepted);
        await _workspace.AskAsync(Alpha.Locked);
        Assert.Equal(0, _workspace.ExitCode(failOn));
    }

    [Fact]
    public async Task A_list_of_vulnerabilities_counts_for_the_versions_that_it_names_and_each_advisory_once()
    {
        var newer = TestPackage.Pack("Alpha", version: "2.0.0");
        _workspace.Feed.Add(Alpha, """{ "vulnerabilities": [{ "advisoryUrl": "https://example.org/1", "severity": "1" }] }""");
        _workspace.Feed.Add(newer);
        _workspace.Feed.Warn("Alpha", "[1.0.0, 2.0.0)", 3, "https://example.org/1");

        var report = await _workspace.RunAsync(Alpha.Locked, newer.Locked);

        Assert.Equal([new Vulnerability(Severity.Critical, "https://example.org/1")], report.Packages[0].Vulnerabilities);
        Assert.Empty(report.Packages[1].Vulnerabilities);
    }

    [Fact]
    public async Task A_package_of_the_platform_may_be_gone_and_any_content_of_it_will_do()
    {
        _workspace.Feed.Add(TestPackage.Pack("EnvelopeSdk", "another"));
        _workspace.Platform = [new("EnvelopeSdk", "1.0.0"), new("EnvelopeSdk.Gone", "1.0.0"), new("EnvelopeSdk.Source", "")];

        var report = await _workspace.RunAsync();

        Assert.Equal([PackageState.Available, PackageState.Missing], report.Packages.Select(one => one.State));
        Assert.Equal(0, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_version_that_is_none_is_the_envelopes_fault()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => _workspace.RunAsync(new LockedPackage("Alpha", "one", "", Direct: true)));

        Assert.Equal(EnvelopeError.Damaged, failure.Error);
    }
}
