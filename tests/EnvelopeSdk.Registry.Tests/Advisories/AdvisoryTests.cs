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

        public string? Problem => null;

        public async Task<IAdvisoryList> LoadAsync(CancellationToken cancellationToken)
        {
            await Answer.Task.WaitAsync(cancellationToken);
            return this;
        }

        public IReadOnlyList<PackageAdvisory> Find(string id, string version) =>
            Known.GetValueOrDefault($"{id}/{version}", []);
    }
}
