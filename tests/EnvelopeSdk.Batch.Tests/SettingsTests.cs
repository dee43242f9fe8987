using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("""{"Logging":{},"Batch":{"Input":"in.csv","Qarantine":"1"}}""", "'Qarantine' is no setting of 'Batch'; the nearest is 'Quarantine'.")]
    [InlineData("""{"Batch":{"max_bad":1}}""", "'max_bad' is no setting of 'Batch'; the nearest is 'MaxBad'.")]
    [InlineData("""{"Batch":{"any thing":1}}""", "'any thing' is no setting of 'Batch'.")]
    [InlineData("""{"batch":{"threads":"two"}}""", "'threads' is a whole number.")]
    [InlineData("""{"Batch":{"Threads":2.5}}""", "'Threads' is a whole number.")]
    [InlineData("""{"Batch":{"RowsPerPart":"all"}}""", "'RowsPerPart' is a whole number.")]
    [InlineData("""{"Batch":{"Append":"yes"}}""", "'Append' is true or false.")]
    [InlineData("""{"Batch":{"Output":5}}""", "'Output' is text.")]
    [InlineData("""{"Batch":{"Key":"id"}}""", "'Key' is a list of texts, as in [\"id\"].")]
    [InlineData("""{"Batch":{"Key":["id",1]}}""", "'Key' is a list of texts, as in [\"id\"].")]
    [InlineData("""{"Batch":{"Map":["carat=weight"]}}""", "'Map' is an object with a column for each parameter, as in {\"carat\": \"weight\"}.")]
    [InlineData("""{"Batch":{"MaxBad":"some"}}""", "'MaxBad' is a number of rows, or a share of them such as \"0.1%\".")]
    [InlineData("""{"Batch":{"Shard":"8/8"}}""", "'Shard' is one such as \"2/8\"; the first is \"0/8\".")]
    [InlineData("""{"Batch":{"Input":"a.csv","input":"b.csv"}}""", "'input' is there twice.")]
    [InlineData("""{"Batch":[]}""", "'Batch' is to be there once, and an object, with values by names.")]
    [InlineData("""{"Batch":{},"batch":{}}""", "'Batch' is to be there once, and an object, with values by names.")]
    [InlineData("[]", "It is to be an object, with values by names.")]
    [InlineData("{\n\"Batch\":{\"Input\":\"a\"", "It is no JSON at line 2.")]
    [InlineData("{\"Batch\":{}}\n}", "It is no JSON at line 2.")]
    [InlineData("""{"Logging":{},"Bacth":{"input":"in.csv"}}""", "'Bacth' is no section of a job. Call it 'Batch'.")]
    [InlineData("""{"Batch":{"Memory":"all"}}""", "'Memory' is a whole number.")]
    [InlineData("", "It is no JSON at line 1.")]
    public async Task What_is_wrong_with_settings_is_said_in_their_words(string json, string reason)
    {
        using var job = await RidesJob.StartAsync();
        var settings = job.Text("appsettings.json", json);

        var failure = Assert.Throws<EnvelopeException>(() => BatchSettings.Read(settings));

        Assert.Equal($"'{settings}' cannot be read: {reason}", failure.Message);
    }

    [Fact]
    public async Task Settings_may_have_a_mark_in_front_comments_other_sections_and_names_of_any_case()
    {
        using var job = await RidesJob.StartAsync();
        var settings = job.Text(
            "appsettings.json", "\uFEFF" + """{"Logging":{"a":1,"a":2}, /* each night */ "Batch":{"input":"in.csv","MAXBAD":"0.1%","Shard":"2/8","Key":["id",],},}""");

        var options = BatchSettings.Read(settings);

        Assert.Equal(("in.csv", new BadRows(0.001m, IsShare: true), "2/8", "id"), (options.Input, options.MaxBad, $"{options.Shard}", options.Key.Single()));
    }
}
