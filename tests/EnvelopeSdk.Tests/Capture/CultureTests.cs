using System.Globalization;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>Examples are what a service answers, in the culture of the envelope and with times that mean the same everywhere.</summary>
public sealed class CultureTests : IDisposable
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private readonly TempStore _store = new();
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly List<string> _warnings = [];

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        _store.Dispose();
    }

    [Fact]
    public async Task An_example_is_recorded_in_the_invariant_culture_and_a_host_that_answers_otherwise_is_warned_of()
    {
        CultureInfo.CurrentCulture = German;
        var model = Spoken.Trained();
        var examples = await SaveAsync(new EnvelopeInfo { Examples = [model.SayExample(1234.5), await model.SayLaterExampleAsync(0.5)] });

        Assert.Equal(["1,234.50", "0.50"], examples);
        Assert.Equal(2, _warnings.Count);
        Assert.Contains("'say'", _warnings[0], StringComparison.Ordinal);
        Assert.Contains("1,234.50 in the invariant culture", _warnings[0], StringComparison.Ordinal);
        Assert.Contains("1.234,50 in this program's, the culture de-DE", _warnings[0], StringComparison.Ordinal);
        Assert.Equal(German, CultureInfo.CurrentCulture);
    }

    [Fact]
    public async Task An_example_is_recorded_in_the_culture_that_the_program_states()
    {
        CultureInfo.CurrentCulture = German;
        var model = Spoken.Trained();
        var examples = await SaveAsync(new EnvelopeInfo { Culture = German, Examples = [model.SayExample(1234.5), await model.SayLaterExampleAsync(0.5)] });

        Assert.Equal(["1.234,50", "0,50"], examples);
        Assert.Empty(_warnings);
        Assert.Equal("de-DE", (await _store.Store.OpenAsync("spoken")).Record.Culture);
    }

    [Fact]
    public async Task A_model_that_answers_otherwise_each_time_is_not_said_to_depend_on_the_culture()
    {
        CultureInfo.CurrentCulture = German;
        await SaveAsync(new EnvelopeInfo { Examples = [Spoken.Trained().CountExample()] });

        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_method_that_changes_its_arguments_is_recorded_with_those_that_it_was_given()
    {
        var model = Spoken.Trained();
        var example = model.GreatestExample([2.5, 1.5]);
        Assert.Equal("{\"values\":[2.5,1.5]}", example.Input.GetRawText());

        Assert.Equal(["2.50"], await SaveAsync(new EnvelopeInfo { Examples = [example] }));
        Assert.Empty(_warnings);

        Assert.Equal(["2.50"], await SaveAsync(new EnvelopeInfo { Culture = German, Examples = [example] }));
        Assert.Contains("'greatest'", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_time_is_the_instant_in_UTC_that_a_service_gives_the_model()
    {
        var instant = new DateTime(2024, 1, 1, 23, 30, 0, DateTimeKind.Utc);
        var example = Spoken.Trained().HourExample(instant.ToLocalTime());

        Assert.Equal("{\"at\":\"2024-01-01T23:30:00Z\"}", example.Input.GetRawText());
        Assert.Equal("23", example.Output.GetRawText());
    }

    [Fact]
    public void A_local_time_within_an_argument_is_refused_and_one_of_no_zone_is_taken()
    {
        var time = new DateTime(2024, 1, 1, 23, 30, 0, DateTimeKind.Unspecified);
        var failure = Assert.Throws<EnvelopeException>(() => Spoken.Trained().FirstHourExample([DateTime.SpecifyKind(time, DateTimeKind.Local)]));

        Assert.Contains("kind Local", failure.Message, StringComparison.Ordinal);
        Assert.Equal("23", Spoken.Trained().FirstHourExample([time]).Output.GetRawText());
    }

    [Fact]
    public async Task State_that_is_a_local_time_is_loaded_as_the_same_instant()
    {
        var trained = new DateTime(2024, 5, 31, 13, 45, 0, DateTimeKind.Local);
        await Envelope.SaveAsync(new Spoken(0, [], trained), store: _store.Store);
        var loaded = (await Envelope.LoadAsync<Spoken>("spoken", _store.Store)).TrainedAt;

        Assert.Equal((DateTimeKind.Utc, trained.ToUniversalTime()), (loaded.Kind, loaded));
    }

    private async Task<IEnumerable<string?>> SaveAsync(EnvelopeInfo info)
    {
        await Envelope.SaveAsync(Spoken.Trained(), info with { OnWarning = _warnings.Add }, _store.Store);
        return (await (await _store.Store.OpenAsync("spoken")).ReadExamplesAsync()).Select(example => example.Output.ToString());
    }
}
