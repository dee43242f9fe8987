using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>What is refused of a record, wherever it comes from: all readers read it in one place.</summary>
public sealed class RecordRuleTests : IAsyncLifetime, IDisposable
{
    private readonly TempStore _store = new();
    private string _sound = "";

    public static TheoryData<string> Names => [.. Changes.Keys];

    private static Dictionary<string, (Action<JsonNode> Change, string Reason)> Changes { get; } = new()
    {
        ["a null among the state"] = (one => one["state"]!.AsArray().Add(null), "state[2]"),
        ["a null among files"] = (one => one["state"]![0]!["files"]!.AsArray().Add(null), "files[1]"),
        ["a null among packages"] = (one => one["packages"]!["packages"]!.AsArray().Insert(0, null), "packages.packages[0]"),
        ["a null among platform packages"] = (one => one["packages"]!["platform"]!.AsArray().Insert(0, null), "packages.platform[0]"),
        ["a null among frameworks"] = (one => one["packages"]!["frameworks"]!.AsArray().Insert(0, null), "packages.frameworks[0]"),
        ["a null among assemblies"] = (one => one["packages"]!["assemblies"]!.AsArray().Insert(0, null), "packages.assemblies[0]"),
        ["a null among queries"] = (one => one["schema"]!["queries"]!.AsArray().Add(null), "schema.queries[1]"),
        ["a null among parameters"] = (one => one["schema"]!["queries"]![0]!["parameters"]!.AsArray().Insert(0, null), "parameters[0]"),
        ["a null among types"] = (one => one["schema"]!["types"]!.AsArray().Insert(0, null), "schema.types[0]"),
        ["a model without a type"] = (one => one["model"]!.AsObject().Remove("type"), "model.type"),
        ["a model without an assembly"] = (one => one["model"]!["assembly"] = "", "model class"),
        ["a model without a contract"] = (one => one["model"]!.AsObject().Remove("contract"), "contract 0"),
        ["a state without a codec"] = (one => one["state"]![0]!.AsObject().Remove("codec"), "state[0].codec"),
        ["a state without a version"] = (one => one["state"]![0]!.AsObject().Remove("version"), "version 0"),
        ["a state twice"] = (one => one["state"]!.AsArray().Add(one["state"]![0]!.DeepClone()), "two states"),
        ["a file of the state twice"] = (one => one["state"]![0]!["files"]!.AsArray().Add("value.json"), "twice"),
        ["a git state without a commit"] = (one => one["provenance"]!["git"] = new JsonObject(), "git.commit"),
        ["a vocabulary of 0"] = (one => one["schema"]!["vocabulary"] = 0, "vocabulary 0"),
        ["a negative vocabulary"] = (one => one["schema"]!["vocabulary"] = -1, "vocabulary -1"),
        ["a format of 2^31"] = (one => one["formatVersion"] = 1L << 31, "formatVersion"),
        ["no culture"] = (one => one.AsObject().Remove("culture"), "'culture'"),
        ["no configuration"] = (one => one.AsObject().Remove("configuration"), "'configuration'"),
        ["a reference to no type"] = (one => Returns(one, """{"kind":"ref","ref":"Nothing"}"""), "'Nothing'"),
        ["a reference without a name"] = (one => Returns(one, """{"kind":"ref"}"""), "'ref'"),
        ["a list without items"] = (one => Returns(one, """{"kind":"array"}"""), "'items'"),
        ["a map without keys"] = (one => Returns(one, """{"kind":"map","items":{"kind":"double"}}"""), "'keys'"),
        ["a tensor of no rank"] = (one => Returns(one, """{"kind":"tensor","items":{"kind":"float"}}"""), "rank 0"),
        ["a kind that is none"] = (one => Returns(one, """{"kind":"later"}"""), "kind"),
        ["a query twice"] = (one => one["schema"]!["queries"]!.AsArray().Add(one["schema"]!["queries"]![0]!.DeepClone()), "two queries"),
        ["a union of no type"] = (one => one["schema"]!["types"]!.AsArray().Add(JsonNode.Parse("""{"name":"A","union":["B"]}""")), "'B'"),
    };

    public async Task InitializeAsync()
    {
        await _store.SaveAsync(info: new EnvelopeInfo { Hyperparameters = Hyperparameters.Of(new { Depth = 3, Layers = new List<int> { 1, 2 } }) });
        _sound = Encoding.UTF8.GetString(await (await _store.OpenSoundAsync()).ReadAsync("envelope.json"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_that_says_what_no_writer_writes_is_refused(string name)
    {
        var record = JsonNode.Parse(_sound)!;
        Changes[name].Change(record);

        var failure = Assert.Throws<EnvelopeException>(() => Read(record.ToJsonString()));
        Assert.Equal(EnvelopeError.Damaged, failure.Error);
        Assert.Contains(Changes[name].Reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("envelope.json", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"description\":null,")]
    [InlineData("\"later\":{\"list\":[null]},")]
    public void What_a_record_may_say_beside_is_taken(string member) => Read(_sound.Insert(1, member));

    [Fact]
    public void A_type_that_is_whole_is_taken_and_so_is_an_enum_without_descriptions()
    {
        var record = JsonNode.Parse(_sound)!;
        Returns(record, """{"kind":"map","keys":{"kind":"string"},"items":{"kind":"tensor","rank":2,"items":{"kind":"ref","ref":"Color"}}}""");
        record["schema"]!["types"]!.AsArray().Add(JsonNode.Parse("""{"name":"Color","values":[0],"names":["A"],"valueDescriptions":[null]}"""));
        record["schema"]!["types"]!.AsArray().Add(JsonNode.Parse("""{"name":"All","union":["Color"]}"""));
        Read(record.ToJsonString());
    }

    [Theory]
    [InlineData("\"name\":\"house-price\",")]
    [InlineData("\"hyperparameters\":{},")]
    [InlineData("\"later\":\"\\ud800\",\"hyperparameters\":{\"a\":\"\\ud800\"},\"description\":\"\\ud800\",")]
    public void A_member_that_is_there_twice_or_is_no_text_is_refused(string member) =>
        Assert.Equal(EnvelopeError.Damaged, Assert.Throws<EnvelopeException>(() => Read(_sound.Insert(1, member))).Error);

    [Theory]
    [InlineData("\"later\":{0},"), InlineData("\"description\":{0},")]
    public void Lists_within_lists_without_an_end_are_refused(string member)
    {
        var deep = new string('[', 200_000) + new string(']', 200_000);
        Assert.Equal(
            EnvelopeError.Damaged, Assert.Throws<EnvelopeException>(() => Read(_sound.Insert(1, member.Replace("{0}", deep, StringComparison.Ordinal)))).Error);
    }

    [Fact]
    public void Any_value_in_place_of_any_other_is_read_or_refused_and_never_breaks_the_reader()
    {
        string[] values = ["null", "[]", "{}", "[null]", "-1", "0", "9223372036854775808", "1e400", "\"\"", "\"x\"", "true", "\"\\ud800\""];
        var paths = Paths(JsonNode.Parse(_sound)!).ToList();
        var refused = 0;
        foreach (var path in paths)
        {
            foreach (var value in values.Append(null))
            {
                refused += IsRefused(Changed(path, value)) ? 1 : 0;
            }
        }

        Assert.InRange(paths.Count, 50, 5_000);
        Assert.InRange(refused, paths.Count, (paths.Count * values.Length) - 1);
    }

    /// <summary>Whether a record is refused. What is not can be written, compared and shown.</summary>
    private static bool IsRefused(string json)
    {
        EnvelopeRecord record;
        try
        {
            record = Read(json);
        }
        catch (EnvelopeException)
        {
            return true;
        }

        EnvelopeJsonContext.Write(record, c => c.EnvelopeRecord);
        SchemaComparison.Compare(record.Schema, record.Schema);
        _ = RuntimeSettings.Answering(record).ToList();
        return false;
    }

    private static EnvelopeRecord Read(string json) => RecordReader.Read(Encoding.UTF8.GetBytes(json), Events.Envelope);

    private static void Returns(JsonNode record, string type) => record["schema"]!["queries"]![0]!["returns"] = JsonNode.Parse(type);

    /// <summary>The record with another value at a path; without it, if there is none.</summary>
    private string Changed(IReadOnlyList<object> path, string? value)
    {
        var root = JsonNode.Parse(_sound)!;
        var holder = path.Take(path.Count - 1).Aggregate(root, (node, part) => part is int i ? node[i]! : node[(string)part]!);
        const string Place = "PLACE-OF-THE-VALUE";
        if (path[^1] is int at)
        {
            holder.AsArray()[at] = Place;
        }
        else if (value is null)
        {
            holder.AsObject().Remove((string)path[^1]);
        }
        else
        {
            holder[(string)path[^1]] = Place;
        }

        return root.ToJsonString().Replace($"\"{Place}\"", value ?? "null", StringComparison.Ordinal);
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, params object[] at) => node switch
    {
        JsonObject one => one.SelectMany(member => Paths(member.Value, [.. at, member.Key]).Prepend([.. at, member.Key])),
        JsonArray list => list.SelectMany((item, i) => Paths(item, [.. at, i]).Prepend([.. at, i])),
        _ => [],
    };
}
