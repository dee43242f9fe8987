using EnvelopeSdk.Tool.Feeds;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>Which feeds are asked, as whom, and what is said when one does not answer.</summary>
public sealed class FeedSettingsTests : IDisposable
{
    private static readonly TestPackage Alpha = TestPackage.Pack("Alpha");

    private readonly FeedWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Alpha", nameof(PackageState.Available))]
    [InlineData("Al*", nameof(PackageState.Available))]
    [InlineData("Beta", nameof(PackageState.Missing))]
    public async Task A_package_is_looked_for_on_the_feeds_that_it_is_mapped_to_alone(string pattern, string expected)
    {
        Alpha.WriteTo(_workspace.Folder);
        _workspace.Configure(Mapping(("local", pattern), ("remote", "*")));

        Assert.Equal(expected, (await _workspace.AskAsync(Alpha.Locked)).State.ToString());
    }

    [Fact]
    public async Task A_package_that_is_mapped_to_no_feed_is_not_looked_for()
    {
        Alpha.WriteTo(_workspace.Folder);
        _workspace.Configure(Mapping(("local", "Beta")));

        Assert.Equal(PackageState.Unmapped, (await _workspace.AskAsync(Alpha.Locked)).State);
        Assert.Equal(1, _workspace.ExitCode());
    }

    [Theory]
    [InlineData("secret", nameof(PackageState.Available), 0)]
    [InlineData("wrong", nameof(PackageState.Unknown), 5)]
    public async Task The_passwords_of_the_configuration_are_given(string password, string expected, int code)
    {
        using var guarded = new FeedWorkspace("ada:secret");
        guarded.Feed.Add(Alpha);
        guarded.Configure(
            $"""
            <packageSourceCredentials><remote>
              <add key="Username" value="ada" /><add key="ClearTextPassword" value="{password}" />
              <add key="ValidAuthenticationTypes" value="basic" />
            </remote></packageSourceCredentials>
            """);

        Assert.Equal(expected, (await guarded.AskAsync(Alpha.Locked)).State.ToString());
        Assert.Equal(code, guarded.ExitCode());
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_leaves_it_unknown_whether_a_package_is_gone()
    {
        _workspace.Configure(remote: "http://127.0.0.1:1/index.json");

        var report = await _workspace.RunAsync(Alpha.Locked);

        Assert.Equal(PackageState.Unknown, report.Packages.Single().State);
        Assert.Contains("Connection refused", report.Feeds.Single(feed => feed.Name == "remote").Problem, StringComparison.Ordinal);
        Assert.Null(report.Feeds.Single(feed => feed.Name == "local").Problem);
        Assert.Equal(5, _workspace.ExitCode());
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_does_not_hide_what_another_has()
    {
        Alpha.WriteTo(_workspace.Folder);
        _workspace.Configure(remote: "http://127.0.0.1:1/index.json");

        Assert.Equal(PackageState.Available, (await _workspace.AskAsync(Alpha.Locked)).State);
        Assert.Equal(0, _workspace.ExitCode());
        Assert.Equal(5, _workspace.ExitCode("vulnerable")); // it may have known something
    }

    [Fact]
    public async Task A_feed_that_fails_for_a_package_has_not_said_that_it_is_missing()
    {
        _workspace.Feed.Add(Alpha);
        _workspace.Feed.IsBroken = true;

        var report = await _workspace.RunAsync(Alpha.Locked);

        Assert.Equal(PackageState.Unknown, report.Packages.Single().State);
        Assert.Contains("500", report.Feeds.Single(feed => feed.Name == "remote").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_does_not_answer()
    {
        Directory.Delete(_workspace.Folder);

        var report = await _workspace.RunAsync(Alpha.Locked);

        Assert.Equal(PackageState.Unknown, report.Packages.Single().State);
        Assert.NotNull(report.Feeds.Single(feed => feed.Name == "local").Problem);
    }

    [Fact]
    public async Task A_feed_without_encryption_is_asked_only_when_the_configuration_allows_it()
    {
        _workspace.Feed.Add(Alpha);
        _workspace.Configure(attributes: "");

        Assert.Equal(PackageState.Unknown, (await _workspace.AskAsync(Alpha.Locked)).State);
        Assert.Empty(_workspace.Feed.Asked);
    }

    [Fact]
    public void Sources_are_named_by_name_address_or_folder_in_place_of_those_that_are_enabled()
    {
        _workspace.Configure("<disabledPackageSources><add key='remote' value='true' /></disabledPackageSources>");

        Assert.Equal(["local"], _workspace.Load().Feeds.Select(feed => feed.Name));
        Assert.Equal(["remote"], _workspace.Load("REMOTE").Feeds.Select(feed => feed.Name));
        Assert.Equal(["remote"], _workspace.Load(_workspace.Feed.Address).Feeds.Select(feed => feed.Name));
        Assert.Equal(["local"], _workspace.Load(_workspace.Folder).Feeds.Select(feed => feed.Name));
        Assert.Equal("https://example.org/x", _workspace.Load("https://example.org/x").Feeds.Single().Name);
        Assert.Contains(
            "It is no name of the configuration", Assert.Throws<EnvelopeException>(() => _workspace.Load("nowhere")).Message,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_password_in_an_address_is_not_told()
    {
        var feed = _workspace.Load("https://ada:secret@127.0.0.1:1/index.json").Feeds.Single();
        await feed.OpenAsync(CancellationToken.None);

        Assert.Contains("https://127.0.0.1:1/index.json: Connection refused", feed.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", feed.Asked.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vulnerabilities_are_those_of_the_audit_sources_where_there_are_some()
    {
        using var audit = new TestFeed();
        audit.Warn("Alpha", "[1.0.0]", 2, "https://example.org/audit");
        _workspace.Feed.Add(Alpha);
        _workspace.Feed.Warn("Alpha", "[1.0.0]", 2, "https://example.org/feed");
        Assert.Equal("https://example.org/feed", (await _workspace.AskAsync(Alpha.Locked)).Vulnerabilities.Single().Advisory);

        _workspace.Configure(
            $"<auditSources><add key='audit' value='{audit.Address}' allowInsecureConnections='true' /></auditSources>");

        Assert.Equal("https://example.org/audit", (await _workspace.AskAsync(Alpha.Locked)).Vulnerabilities.Single().Advisory);
    }

    [Fact]
    public void A_configuration_that_cannot_be_read_is_named()
    {
        File.WriteAllText(_workspace.Configuration, "<configuration>");

        Assert.Contains(_workspace.Configuration, Assert.Throws<EnvelopeException>(() => _workspace.Load()).Message, StringComparison.Ordinal);
    }

    private static string Mapping(params (string Feed, string Pattern)[] mapped) =>
        "<packageSourceMapping>"
        + string.Concat(mapped.Select(one => $"<packageSource key='{one.Feed}'><package pattern='{one.Pattern}' /></packageSource>"))
        + "</packageSourceMapping>";
}
