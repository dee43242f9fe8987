using System.Text.RegularExpressions;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>
/// The picture that the README shows. What its page says is kept beside it, so that a picture which is out of date is
/// noticed; with ENVELOPE_TAKE_PICTURES=1 both are made anew.
/// </summary>
public sealed partial class PictureTests
{
    private const string Name = "diamond-price";
    private const long Largest = 150_000;

    [BrowserFact]
    public async Task The_picture_of_the_readme_is_of_a_page_that_says_the_same_today()
    {
        await using var deploying = await DeployingStore.StartAsync("https://models.example.com");
        using var crafted = new CraftedStore(deploying.Served.Directory);
        await DeployAsync(deploying, crafted);
        using var browser = new Browser();
        browser.Open($"{deploying.Address}/?token={deploying.Served.Token}");
        browser.Open($"{deploying.Address}/deployments/{Name}");
        browser.Shows("Gets 25 % of the requests.");
        var (picture, text) = (PathOf("configuration.png"), PathOf("configuration.txt"));
        if (Environment.GetEnvironmentVariable("ENVELOPE_TAKE_PICTURES") == "1")
        {
            browser.TakePicture(picture);
            await File.WriteAllTextAsync(text, WhatLasts(browser.Text));
        }

        Assert.Equal(await File.ReadAllTextAsync(text), WhatLasts(browser.Text));
        Assert.InRange(new FileInfo(picture).Length, 1, Largest);
    }

    /// <summary>One model that was replaced, one that runs, and a canary.</summary>
    private static async Task DeployAsync(DeployingStore deploying, CraftedStore crafted)
    {
        await deploying.ConfigureAsync(Name, new()
        {
            Gates = new() { Metrics = [new("r2", MetricGate.Higher)] },
            Strategy = new() { Steps = [new(25, 60), new(50, 60)] },
        });
        await deploying.GoLiveAsync(Name, await AddAsync(day: 1));
        await deploying.CountAsync(await deploying.GoLiveAsync(Name, await AddAsync(day: 2)), Answered(52_318));
        var id = await deploying.MoveAsync(Name, await AddAsync(day: 3), DeploymentState.Approved);
        string[] states =
        [
            DeploymentState.Building, DeploymentState.Starting, DeploymentState.Validated, DeploymentState.Canary,
        ];
        foreach (var state in states)
        {
            await deploying.MoveAsync(id, state);
        }

        await deploying.CountAsync(id, Answered(214));
        await deploying.ExplainAsync(id, "Gets 25 % of the requests.");

        async Task<string> AddAsync(int day)
        {
            await crafted.AddAsync(
                Name, record => record["name"] = Name, CraftedStore.Saved(CraftedStore.Noon.AddDays(day)));
            return Name; // the newest of it
        }
    }

    /// <summary>Nearly all within 3 ms.</summary>
    private static VersionCounts Answered(long requests) => new(
        requests, 0, 0, 0, 0,
        [.. VersionCounts.LatencyBounds.Select(bound => bound switch { 3 => requests - (requests / 25), 5 => requests / 25, _ => 0L }), 0]);

    /// <summary>What the page says, without what is another at each time.</summary>
    private static string WhatLasts(string text) =>
        SaidBy().Replace(Time().Replace(text, "TIME"), "by SOMEBODY").ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "EnvelopeSdk.sln")))
        {
            directory = directory.Parent!;
        }

        return Path.Combine(directory.FullName, "tests", "EnvelopeSdk.Registry.Tests", "Pages", "Pictures", file);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=TIME )by [\w.-]+")]
    private static partial Regex SaidBy();
}
