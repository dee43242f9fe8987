using System.Net.Http.Json;
using System.Text.Json;
using EnvelopeSdk.Registry.Advisories;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Advisories;

/// <summary>What a registry says of packages that are known to be vulnerable.</summary>
public sealed class AdvisoryTests
{
    [Fact]
    public async Task A_vulnerable_package_of_an_envelope_is_named_with_its_advisory_and_others_are_not()
    {
        var source = new Lists();
        await using var served = await StartAsync(source);
        source.Known["Newtonsoft.Json/13.0.3"] = [new("high", "https://advisories.example/1"), new("low", "javascript:alert(1)")];
        source.Answer.SetResult();

        var known = await AskAsync(served);
        Assert.Null(known.GetProperty("problem").GetString());
        Assert.Equal(
            ["Newtonsoft.Json 13.0.3 high", "Newtonsoft.Json 13.0.3 low"],
            known.GetProperty("vulnerable").EnumerateArray().Select(
                one => $"{one.GetProperty("id")} {one.GetProperty("version")} {one.GetProperty("severity")}"));
        var page = await served.Client.GetStringAsync($"/envelopes/{ServedStore.Linear}");
        Assert.Contains("href=\"https://advisories.example/1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript:", page, StringComparison.Ordinal);
        Assert.Contains("As the feeds told at", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_a_list_came_nothing_is_known_and_nobody_waits()
    {
        var source = new Lists();
        await using var served = await StartAsync(source);

        var page = await served.Client.GetStringAsync($"/envelopes/{ServedStore.Linear}");

        Assert.Contains("Vulnerabilities are not known. The feeds were not asked yet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_said_and_hinders_nothing()
    {
        var source = new Lists();
        await using var served = await StartAsync(source);
        source.Answer.SetException(new EnvelopeException(EnvelopeError.Unavailable, "No feed answers."));
        await Eventually.HoldsAsync(async () =>
            (await served.Client.GetStringAsync($"/envelopes/{ServedStore.Linear}")).Contains("No feed answers."));
    }

    [Fact]
    public async Task A_registry_that_asks_no_feed_says_so()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        Assert.Contains(
            "was told to ask no feed", await served.Client.GetStringAsync($"/envelopes/{ServedStore.Linear}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_list_is_missing_later_what_was_known_stays_and_when_all_are_there_again_they_count()
    {
        var (whole, part, better) = (new Lists(), new Lists { Problem = "The feed 'b' did not answer." }, new Lists());
        whole.Known["A/1.0.0"] = [new("high", "https://advisories.example/1")];
        var clock = new LeapingClock();
        using var board = new AdvisoryBoard(new InTurn(whole, part, better), clock);
        await board.StartAsync(default);

        await Eventually.HoldsAsync(() => board.For([("A", "1.0.0")]).Problem == part.Problem);
        Assert.Single(board.For([("A", "1.0.0")]).Vulnerable);
        better.Answer.SetResult();
        await Eventually.HoldsAsync(() => board.For([("A", "1.0.0")]) is { Problem: null, Vulnerable: [] });
        await board.StopAsync(default);
        TimeSpan[] waits = [TimeSpan.FromHours(6), TimeSpan.FromMinutes(10)]; // less when a list is missing
        Assert.Equal(waits, clock.Waits.Take(2));
    }

    [Fact]
    public async Task A_feed_that_breaks_off_later_takes_away_nothing_that_is_known()
    {
        var (whole, broken) = (new Lists(), new Lists());
        whole.Known["A/1.0.0"] = [new("high", "https://advisories.example/1")];
        broken.Answer.SetException(new HttpRequestException("The feed broke off."));
        using var board = new AdvisoryBoard(new InTurn(whole, whole, broken), new LeapingClock());
        await board.StartAsync(default);

        await Eventually.HoldsAsync(() => board.For([("A", "1.0.0")]).Problem == "The feed broke off.");
        await board.StopAsync(default);

        Assert.Single(board.For([("A", "1.0.0")]).Vulnerable);
        Assert.NotNull(board.For([]).Checked);
    }

    private static Task<ServedStore> StartAsync(IAdvisorySource source) =>
        ServedStore.StartAsync(options => options with { Advisories = source }, ServedStore.Linear);

    private static async Task<JsonElement> AskAsync(ServedStore served)
    {
        var path = $"/api/envelopes/{ServedStore.Linear}/{await served.DigestAsync(ServedStore.Linear)}/vulnerabilities";
        JsonElement known = default;
        await Eventually.HoldsAsync(async () =>
        {
            known = await served.Client.GetFromJsonAsync<JsonElement>(path);
            return known.GetProperty("checked").ValueKind == JsonValueKind.String;
        });
        return known;
    }

    private sealed class Lists : IAdvisorySource, IAdvisoryList
    {
        public Dictionary<string, IReadOnlyList<PackageAdvisory>> Known { get; } = [];

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Problem { get; init; }

        public async Task<IAdvisoryList> LoadAsync(CancellationToken cancellationToken)
        {
            await Answer.Task.WaitAsync(cancellationToken);
            return this;
        }

        public IReadOnlyList<PackageAdvisory> Find(string id, string version) =>
            Known.GetValueOrDefault($"{id}/{version}", []);
    }

    /// <summary>Gives the first two at once, and the last when it answers.</summary>
    private sealed class InTurn(Lists first, Lists second, Lists last) : IAdvisorySource
    {
        private int _asked;

        public Task<IAdvisoryList> LoadAsync(CancellationToken cancellationToken) => _asked++ switch
        {
            0 => Task.FromResult<IAdvisoryList>(first),
            1 => Task.FromResult<IAdvisoryList>(second),
            _ => last.LoadAsync(cancellationToken),
        };
    }
}
