using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

/// <summary>What a save says in the journal, and that none of it is in the envelope.</summary>
[Collection(nameof(EnvironmentCollection))]
public sealed class SaveEventsTests : IDisposable
{
    private static readonly string[] CiVariables =
        ["GITHUB_RUN_ID", "CI_JOB_ID", "CI_JOB_URL", "BUILD_BUILDID", "JENKINS_URL"];

    private static readonly EnvelopeInfo Info = new()
    {
        Tags = new Dictionary<string, string> { ["team"] = "pricing" },
        Metrics = new Dictionary<string, double> { ["r2"] = 0.98 },
    };

    private readonly TempStore _store = new();
    private readonly Dictionary<string, string?> _variables =
        CiVariables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public SaveEventsTests() => SetVariables();

    public void Dispose()
    {
        foreach (var (name, value) in _variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _store.Dispose();
    }

    [Fact]
    public async Task A_save_says_when_who_and_which_CI_job_and_what_the_tags_and_metrics_are()
    {
        SetVariables(("CI_JOB_ID", "8"), ("CI_JOB_URL", "https://lab.example/jobs/8"));
        var before = DateTimeOffset.UtcNow;
        var saved = await _store.SaveAsync(info: Info);
        var events = (await _store.Store.ReadJournalAsync(saved)).Events;

        Assert.Equal(
            [
                (JournalEventKind.Saved, null, null),
                (JournalEventKind.Tag, "team", "\"pricing\""),
                (JournalEventKind.Metric, "r2", "0.98"),
            ],
            events.Select(one => (one.Kind, one.Name, one.Value?.GetRawText())));
        Assert.All(events, one =>
        {
            Assert.Equal(saved.Digest, one.Envelope);
            Assert.InRange(one.Time, before, DateTimeOffset.UtcNow.AddTicks(3));
            Assert.Equal(TimeSpan.Zero, one.Time.Offset);
            Assert.Equal(Environment.UserName, one.Who);
            Assert.Equal(new CiJob("gitlab-ci", "8", "https://lab.example/jobs/8"), one.Ci);
        });
        Assert.Equal(3, events.Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task Saving_the_same_again_says_only_that_it_was_saved()
    {
        var saved = await _store.SaveAsync(info: Info);
        var first = await _store.Store.ReadJournalAsync(saved);
        await _store.SaveAsync(info: Info);
        var second = await _store.Store.ReadJournalAsync(saved);

        Assert.Equal(first.Events.Select(one => one.Id), second.Events.Take(3).Select(one => one.Id));
        Assert.Equal(JournalEventKind.Saved, Assert.Single(second.Events.Skip(3)).Kind);
        Assert.Null(second.Events[3].Ci);
        Assert.True(second.Saved > first.Saved);
        Assert.Equal(second.Saved, second.Labels.Saved);
    }

    [Fact]
    public async Task A_tag_that_changes_is_one_event_and_the_value_before_is_known()
    {
        await _store.SaveAsync(info: Info);
        var other = Info with { Tags = new Dictionary<string, string> { ["team"] = "loans" } };
        var saved = await _store.SaveAsync(info: other);
        var journal = await _store.Store.ReadJournalAsync(saved);

        Assert.Equal([JournalEventKind.Saved, JournalEventKind.Tag], journal.Events.Skip(3).Select(one => one.Kind));
        Assert.Equal("pricing", journal.ValueBefore(journal.Events[^1])?.GetString());
        Assert.Null(journal.ValueBefore(journal.Events[1]));
        Assert.Equal("loans", journal.Labels.Tags["team"]);
    }

    [Fact]
    public async Task A_tag_that_is_not_given_again_stays()
    {
        await _store.SaveAsync(info: Info);
        var saved = await _store.SaveAsync();

        Assert.Equal("pricing", (await _store.Store.ReadJournalAsync(saved)).Labels.Tags["team"]);
    }

    [Fact]
    public async Task A_tag_without_a_value_is_refused_by_name()
    {
        var info = new EnvelopeInfo { Tags = new Dictionary<string, string> { ["team"] = null! } };

        await Failure.OfAsync(EnvelopeError.Invalid, () => _store.SaveAsync(info: info), "'team'");
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Fact]
    public async Task Tags_metrics_and_the_CI_job_are_no_part_of_the_identity()
    {
        SetVariables(("CI_JOB_ID", "8"));
        var saved = await _store.SaveAsync(info: Info);
        SetVariables(("GITHUB_RUN_ID", "9"));
        var other = Info with
        {
            Tags = new Dictionary<string, string> { ["team"] = "loans", ["stage"] = "test" },
            Metrics = new Dictionary<string, double> { ["r2"] = 0.5, ["mae"] = 3 },
        };

        Assert.Equal(saved, await _store.SaveAsync(info: other));
        SetVariables();
        Assert.Equal(saved, await _store.SaveAsync());
        using var elsewhere = new TempStore();
        Assert.Equal(saved, await elsewhere.SaveAsync(info: other));
        Assert.Equal(
            ["gitlab-ci", "github-actions", null],
            (await _store.Store.ReadJournalAsync(saved)).Events.Where(one => one.Kind == JournalEventKind.Saved)
                .Select(one => one.Ci?.System));
    }

    [Fact]
    public async Task No_tag_metric_or_job_is_written_into_the_content()
    {
        SetVariables(("CI_JOB_ID", "job-nobody-else-has"));
        await _store.SaveAsync(info: new EnvelopeInfo
        {
            Tags = new Dictionary<string, string> { ["a-tag-nobody-else-has"] = "x" },
            Metrics = new Dictionary<string, double> { ["a-metric-nobody-else-has"] = 1 },
        });
        var content = await _store.OpenSoundAsync();

        foreach (var blob in content.Blobs.Where(blob => blob.MediaType != ModelPackMediaTypes.Code))
        {
            Assert.DoesNotContain(
                "nobody-else-has", await File.ReadAllTextAsync(_store.Blob(blob.Digest)), StringComparison.Ordinal);
        }
    }

    private static void SetVariables(params (string Name, string Value)[] variables)
    {
        foreach (var name in CiVariables)
        {
            Environment.SetEnvironmentVariable(name, variables.FirstOrDefault(variable => variable.Name == name).Value);
        }
    }
}

/// <summary>Tests that set environment variables of the process run alone.</summary>
[CollectionDefinition(nameof(EnvironmentCollection), DisableParallelization = true)]
public sealed class EnvironmentCollection;
