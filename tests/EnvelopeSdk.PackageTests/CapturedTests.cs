using System.Text.Json;

namespace EnvelopeSdk.PackageTests;

/// <summary>
/// A service answers what the training program answered, with all that ran there beside the program's own assembly, and on
/// hosts of other cultures and time zones.
/// </summary>
[Collection(ProductsCollection.Name)]
public sealed class CapturedTests(CapturedFixture fixture) : IClassFixture<CapturedFixture>
{
    [Fact]
    public void The_envelope_has_the_satellites_and_what_lies_beside_the_program_and_nothing_of_packages() =>
        Assert.Equal(
            ["beside/Grader.Plugin.dll", "beside/libscore.so", "code/Grader.Words.dll", "code/Grader.dll", "code/de/Grader.Words.resources.dll"],
            fixture.Files.Where(path => path.EndsWith(".dll", StringComparison.Ordinal) || path.EndsWith(".so", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("label", """{"language":"de"}""", "\"teuer\"")]
    [InlineData("label", """{"language":"fr"}""", "\"expensive\"")]
    [InlineData("words", """{"price":200}""", "\"two hundred zwei\"")]
    [InlineData("library", "{}", "true")]
    [InlineData("switch", """{"x":1}""", "2")]
    [InlineData("late", """{"x":2}""", "14")]
    public async Task A_service_answers_with_all_that_ran_in_training(string query, string body, string answer) =>
        Assert.Equal((200, answer), await fixture.Invariant[0].PostAsync(query, body));

    [Fact]
    public async Task A_service_answers_in_the_culture_of_the_envelope_on_hosts_of_any()
    {
        Assert.Equal(3, CapturedFixture.Hosts.Count);
        foreach (var service in fixture.Invariant)
        {
            Assert.Equal((200, "\"1,234.50\""), await service.PostAsync("number", """{"value":1234.5}"""));
        }

        foreach (var service in fixture.German)
        {
            Assert.Equal((200, "\"1.234,50\""), await service.PostAsync("number", """{"value":1234.5}"""));
        }
    }

    [Theory]
    [InlineData("hour", "2024-01-01T23:30:00+05:00", "36")]
    [InlineData("hour", "2024-01-01T23:30:00Z", "46")]
    [InlineData("hour", "2024-01-01T23:30:00", "46")]
    [InlineData("time", "2024-01-01T23:30:00+05:00", "\"2024-01-01T18:30:00Z\"")]
    public async Task A_time_means_the_same_in_each_zone(string query, string at, string answer)
    {
        foreach (var service in fixture.Invariant)
        {
            Assert.Equal((200, answer), await service.PostAsync(query, $$"""{"at":"{{at}}"}"""));
        }
    }

    [Fact]
    public void No_host_answers_the_recorded_examples_otherwise() =>
        Assert.All(fixture.Invariant.Concat(fixture.German), service => Assert.DoesNotContain("does not answer a recorded example", service.Log, StringComparison.Ordinal));

    [Fact]
    public void Training_warns_of_an_example_that_the_host_answers_otherwise_and_of_a_metric_that_is_no_number()
    {
        Assert.Contains("warning: The query 'number' answers {\"value\":1234.5} with 1,234.50 in the invariant culture, which a service runs in, and with 1.234,50", fixture.TrainedOnGermanHost, StringComparison.Ordinal);
        Assert.Contains("warning: The metric 'loss' is NaN", fixture.TrainedOnGermanHost, StringComparison.Ordinal);
        Assert.DoesNotContain("The query 'number'", fixture.TrainedInGerman, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_warns_of_code_that_was_loaded_from_elsewhere_and_of_none_beside_the_program()
    {
        Assert.Matches("warning: This program loaded '[^']*Elsewhere.dll'", fixture.TrainedInGerman);
        Assert.DoesNotContain("This program loaded", fixture.TrainedOnGermanHost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_that_is_no_number_is_shown_as_such()
    {
        var summary = await fixture.Invariant[0].Http.GetStringAsync(new Uri("envelope", UriKind.Relative));

        Assert.Equal("NaN", JsonElement.Parse(summary).GetProperty("metrics").GetProperty("loss").GetString());
    }
}
