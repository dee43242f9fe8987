using System.Net;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>What a registry learns of vulnerable packages from the feeds of NuGet's configuration.</summary>
public sealed class FeedAdvisoriesTests : IDisposable
{
    private const string Advisory = "https://advisories.example/1";

    private readonly FeedWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_version_within_the_range_of_an_advisory_is_vulnerable_and_the_next_one_is_not()
    {
        _workspace.Feed.Warn("Alpha", "[1.0.0, 1.0.5)", 2, Advisory);

        var list = await new FeedAdvisories(_workspace.Directory).LoadAsync(default);

        Assert.Null(list.Problem);
        Assert.Equal([new("high", Advisory)], list.Find("alpha", "1.0.4"));
        Assert.Empty(list.Find("Alpha", "1.0.5"));
        Assert.Empty(list.Find("Beta", "1.0.0"));
        Assert.Empty(list.Find("Alpha", "no version"));
        Assert.DoesNotContain(_workspace.Feed.Asked, path => path.Contains("alpha", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_named()
    {
        _workspace.Feed.IsBroken = true;

        var list = await new FeedAdvisories(_workspace.Directory).LoadAsync(default);

        Assert.Contains("'remote'", list.Problem, StringComparison.Ordinal);
        Assert.Empty(list.Find("Alpha", "1.0.0"));
    }

    [Fact]
    public async Task When_a_feed_does_not_answer_later_what_it_told_before_stays_and_when_it_does_again_that_counts()
    {
        var advisories = new FeedAdvisories(_workspace.Directory);
        _workspace.Feed.Warn("Alpha", "[1.0.0]", 2, Advisory);
        await advisories.LoadAsync(default);
        _workspace.Feed.IsBroken = true;

        var later = await advisories.LoadAsync(default);
        Assert.Contains("'remote'", later.Problem, StringComparison.Ordinal);
        Assert.Single(later.Find("Alpha", "1.0.0"));

        _workspace.Feed.IsBroken = false;
        _workspace.Feed.Warn("Alpha", "[2.0.0]", 2, Advisory);
        var again = await advisories.LoadAsync(default);
        Assert.Null(again.Problem);
        Assert.Empty(again.Find("Alpha", "1.0.0"));
    }

    [Fact]
    public async Task The_command_shows_them_on_the_page_of_an_envelope()
    {
        _workspace.Feed.Warn("Newtonsoft.Json", "[13.0.0, 13.0.4)", 3, Advisory);
        var store = Path.Combine(_workspace.Directory, "store");
        var saved = await EnvelopeArchive.ImportAsync(
            GoldenEnvelopes.PathOf(GoldenEnvelopes.Names[^1]), EnvelopeStore.Open(store));
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registry = ChildProcess.Start(
            new Dictionary<string, string> { ["ENVELOPE_HOME"] = store, ["HOME"] = _workspace.Directory }, _workspace.Directory,
            line =>
            {
                if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var printed))
                {
                    address.TrySetResult(printed);
                }
            },
            "dotnet", Path.Combine(AppContext.BaseDirectory, "envelope.dll"), "registry", "--urls", "http://127.0.0.1:0");
        try
        {
            var start = await address.Task.WaitAsync(TimeSpan.FromMinutes(1));
            using var person = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
            await person.GetStringAsync(start);
            var page = "";
            for (var i = 0; i < 300 && !page.Contains("As the feeds told at", StringComparison.Ordinal); i++)
            {
                await Task.Delay(100);
                page = await person.GetStringAsync(new Uri(start, $"/envelopes/{saved.Name}"));
            }

            Assert.Contains($"href=\"{Advisory}\"", page, StringComparison.Ordinal);
            Assert.Contains("critical", page, StringComparison.Ordinal);
        }
        finally
        {
            registry.Kill(entireProcessTree: true);
            await registry.WaitForExitAsync();
        }
    }
}
