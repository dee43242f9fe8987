using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>The format as it is published, against what is written and read.</summary>
public sealed class FormatTests : IDisposable
{
    private static readonly PublishedFormat RecordFormat = new("envelope.schema.json");
    private static readonly PublishedFormat EventFormat = new("journal-event.schema.json");
    private static readonly string Page = File.ReadAllText(PublishedFormat.FileOf("FORMAT.md"));

    private readonly TempStore _store = new();
    private readonly TempStore _target = new();

    public static TheoryData<string> GoldenFiles =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), "*.envelope", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(AppContext.BaseDirectory, file)).Where(file => !file.Contains("refused", StringComparison.Ordinal)),
    ];

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task Records_of_models_of_every_kind_are_as_the_schema_says()
    {
        foreach (var content in await SaveAllAsync())
        {
            Assert.Equal("", RecordFormat.WhyNot(await RecordAsync(content), described: true));
        }
    }

    [Fact]
    public async Task Journals_with_events_of_every_kind_are_as_the_schema_says()
    {
        foreach (var content in await SaveAllAsync())
        {
            var journal = await _store.Store.ReadJournalAsync(content.Reference);
            Assert.All(Lines(journal), line => Assert.Equal("", EventFormat.WhyNot(line, described: true)));
        }
    }

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public async Task Envelopes_of_older_versions_are_as_the_schemas_say(string file)
    {
        var (content, journal) = await EnvelopeArchive.OpenAsync(Path.Combine(AppContext.BaseDirectory, file));

        Assert.Equal("", RecordFormat.WhyNot(await RecordAsync(content), described: true));
        Assert.All(Lines(journal), line => Assert.Equal("", EventFormat.WhyNot(line, described: true)));
        Assert.All(content.Blobs.Skip(1), CheckLayer);
    }

    [Fact]
    public async Task A_schema_with_all_that_the_vocabulary_has_is_as_the_schema_says()
    {
        await _store.SaveAsync();
        var schema = ModelSchema.Parse("""
            {"vocabulary":1,"fingerprint":"sha256:eaa806c97a05733ad6f1d58b615e3c27da579198b7ec3263766101ea68db8e25","remarks":"more",
            "queries":[{"name":"predict","remarks":"more","parameters":[
            {"name":"image","type":{"kind":"tensor","rank":2,"items":{"kind":"float","numberHandling":5}},"required":true},
            {"name":"text","type":{"kind":"string","nullable":true},"required":false,"default":null,"constraints":{"pattern":["a","b"],"enum":["ab",null],"denied":["c"],"minLength":1}},
            {"name":"rates","type":{"kind":"map","keys":{"kind":"int32"},"items":{"kind":"double"}},"required":true,"unit":"ct","example":"{}"},
            {"name":"rows","type":{"kind":"table","columns":[{"name":"a","type":{"kind":"string"},"required":true,"seen":["x"]}]},"required":true}],
            "returns":{"kind":"ref","ref":"Shape"},"stream":true,"returnsUnit":"USD","recorder":"PredictExample"}],
            "types":[{"name":"Color","values":[0,1],"names":["A","B"],"valueDescriptions":["a",null],"flags":"int32"},
            {"name":"Dot","members":[],"open":true,"tag":{"name":"$type","value":"dot"},"example":"{}"},{"name":"Shape","union":["Dot"]}]}
            """u8);
        var record = (await _store.OpenSoundAsync()).Record with { Schema = schema };

        Assert.Equal("", RecordFormat.WhyNot(Encoding.UTF8.GetString(EnvelopeJsonContext.Write(record, c => c.EnvelopeRecord)), described: true));
    }

    [Fact]
    public void The_schemas_describe_each_member_that_can_be_written_and_no_other()
    {
        Compare(EnvelopeJsonContext.Readable.EnvelopeRecord, RecordFormat.Json, RecordFormat, []);
        Compare(JournalJsonContext.Readable.JournalEvent, EventFormat.Json, EventFormat, []);
    }

    [Fact]
    public void The_page_names_each_member()
    {
        var all = RecordFormat.Members().Concat(EventFormat.Members())
            .Concat(EnvelopeJsonContext.Readable.PredictionExample.Properties.Where(one => one.Get is not null).Select(one => one.Name))
            .Concat(EnvelopeJsonContext.Readable.OciManifest.Properties.Select(one => one.Name))
            .Concat(EnvelopeJsonContext.Readable.ModelPackConfig.Properties.Select(one => one.Name));

        Assert.All(all, member => Assert.Contains($"`{member}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_has_each_layer_with_its_media_type()
    {
        foreach (var content in await SaveAllAsync())
        {
            Assert.All(content.Blobs.Skip(1), CheckLayer);
        }
    }

    [Fact]
    public async Task The_page_has_the_numbers_that_are_written_and_read()
    {
        await _store.SaveAsync();
        var store = (int)JsonNode.Parse(await File.ReadAllTextAsync(_store.In("store.json")))!["version"]!;

        Assert.Equal(
            [
                $"{EnvelopeRecord.OldestFormat} to {EnvelopeRecord.CurrentFormat}", $"{ModelSchema.CurrentVocabulary}", $"1 to {ModelContract.Number}",
                $"1 to {StatePath.JsonVersion}", "up to the codec's own", $"1 to {JournalEvent.CurrentVersion}",
                $"{EnvelopeSdk.Signing.SignatureLines.Version}", $"{store}",
            ],
            Rows("| number |").Select(row => row[2]));
        Assert.Equal(EnvelopeRecord.OldestFormat, (int)RecordFormat.Json["properties"]!["formatVersion"]!["minimum"]!);
        Assert.Equal(EnvelopeRecord.CurrentFormat, (int)RecordFormat.Json["properties"]!["formatVersion"]!["maximum"]!);
        Assert.Equal(ModelSchema.CurrentVocabulary, (int)RecordFormat.Json["$defs"]!["schema"]!["properties"]!["vocabulary"]!["maximum"]!);
        Assert.Equal(JournalEvent.CurrentVersion, (int)EventFormat.Json["properties"]!["version"]!["enum"]!.AsArray()[^1]!);
    }

    [Fact]
    public void The_tests_that_the_page_names_are_there()
    {
        var classes = typeof(FormatTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Regex.Matches(Page, "`([A-Za-z]+Tests)`").Select(match => match.Groups[1].Value).Except(classes));
    }

    [Fact]
    public async Task A_record_that_lacks_a_member_or_has_one_of_another_type_is_neither_valid_nor_read()
    {
        await _store.SaveAsync();
        var sound = await RecordAsync(await _store.OpenSoundAsync());
        foreach (var member in RecordFormat.Json["required"]!.AsArray().Select(one => (string)one!))
        {
            await RefusesAsync(sound, record => record.Remove(member));
            await RefusesAsync(sound, record => record[member] = null);
            await RefusesAsync(sound, record => record[member] = new JsonArray(7));
        }
    }

    [Theory]
    [InlineData("model", "type"), InlineData("state", "0", "codec"), InlineData("state", "0", "files"), InlineData("schema", "queries")]
    [InlineData("schema", "queries", "0", "parameters", "0", "type", "kind"), InlineData("packages", "packages", "0", "contentHash")]
    [InlineData("packages", "sdk"), InlineData("provenance", "runtime"), InlineData("culture"), InlineData("configuration")]
    public async Task A_record_that_is_wrong_deep_inside_is_not_valid(params string[] path)
    {
        await _store.SaveAsync();
        var record = JsonNode.Parse(await RecordAsync(await _store.OpenSoundAsync()))!;
        var holder = path[..^1].Aggregate(record, (node, part) => int.TryParse(part, CultureInfo.InvariantCulture, out var i) ? node[i]! : node[part]!).AsObject();

        holder[path[^1]] = 7;
        Assert.NotEqual("", RecordFormat.WhyNot(record.ToJsonString()));
        holder.Remove(path[^1]);
        Assert.NotEqual("", RecordFormat.WhyNot(record.ToJsonString()));
        holder["later"] = 1;
        Assert.Contains("later", RecordFormat.WhyNot(record.ToJsonString(), described: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"kind\":\"tag\",\"value\":\"live\"")]
    [InlineData("\"kind\":\"tag\",\"name\":\"a\",\"value\":1")]
    [InlineData("\"kind\":\"metric\",\"value\":1")]
    [InlineData("\"kind\":\"metric\",\"name\":\"a\",\"value\":\"1\"")]
    [InlineData("\"kind\":\"Burned\"")]
    [InlineData("\"kind\":\"saved\",\"step\":\"1\"")]
    public void A_line_that_is_refused_is_not_valid(string members)
    {
        const string Sound = """{"version":1,"id":"01890a5d-ac96-774b-bcce-b302099a8057","envelope":"sha256:eaa806c97a05733ad6f1d58b615e3c27da579198b7ec3263766101ea68db8e25","time":"2026-11-26T02:00:38+00:00",""";

        Assert.Equal("", EventFormat.WhyNot(Sound + "\"kind\":\"metric\",\"name\":\"a\",\"value\":\"NaN\"}"));
        Assert.NotEqual("", EventFormat.WhyNot(Sound + members + "}"));
    }

    [Fact]
    public async Task A_file_without_an_index_or_with_one_of_no_or_two_envelopes_is_damage()
    {
        var none = new CraftedArchive();
        none.Add("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray());
        await DamageAsync(none, "no index.json");

        var saved = await _store.SaveAsync();
        var one = $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{saved.Digest}}","size":1}""";
        foreach (var manifests in new[] { "", $"{one},{one}" })
        {
            var archive = await CraftedArchive.OfAsync(_store, _ => { });
            archive.Add("index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{manifests}}]}"""));
            await DamageAsync(archive, "instead of one");
        }
    }

    [Fact]
    public async Task State_of_another_codec_or_of_a_newer_version_is_a_mismatch()
    {
        foreach (var (member, value) in new (string, JsonNode)[] { ("codec", "later.codec"), ("version", 99) })
        {
            var archive = await CraftedArchive.OfRecordAsync(_store, record => record["state"]![0]![member] = value);
            var path = await archive.WriteAsync(_target.At("state.envelope"));

            await Failure.OfAsync(EnvelopeError.Mismatch, () => Envelope.LoadAsync<HousePrice>(path), value.ToString(), "weights");
        }
    }

    [Fact]
    public async Task A_record_whose_name_is_none_is_not_taken()
    {
        var archive = await CraftedArchive.OfRecordAsync(_store, record => record["name"] = "../evil");
        var path = await archive.WriteAsync(_target.At("name.envelope"));

        await Failure.OfAsync(EnvelopeError.Invalid, () => EnvelopeArchive.ImportAsync(path, _target.Store), "'../evil'");
        Assert.Empty(await _target.Store.ListNamesAsync());
    }

    private static void Compare(JsonTypeInfo type, JsonObject part, PublishedFormat format, HashSet<Type> seen)
    {
        var schema = format.Resolve(part);
        if (type.Kind == JsonTypeInfoKind.Enumerable && schema["items"] is JsonObject items)
        {
            Compare(type.Options.GetTypeInfo(type.Type.GetGenericArguments()[0]), items, format, seen);
        }
        else if (type.Kind == JsonTypeInfoKind.Object && seen.Add(type.Type))
        {
            var described = schema["properties"]!.AsObject();
            var written = type.Properties.Where(one => one.Get is not null).ToList();
            string[] ofTheLine = type.Type == typeof(JournalEvent) ? ["sum"] : [];
            Assert.Equal(written.Select(one => one.Name).Concat(ofTheLine).Order(StringComparer.Ordinal), described.Select(one => one.Key).Order(StringComparer.Ordinal));
            foreach (var property in written)
            {
                Compare(type.Options.GetTypeInfo(property.PropertyType), described[property.Name]!.AsObject(), format, seen);
            }
        }
    }

    private static void CheckLayer(OciDescriptor layer)
    {
        var row = Rows("| path | media type |").FirstOrDefault(row => Regex.IsMatch(layer.FilePath!, Pattern(row[0])));
        Assert.Equal($"`{layer.MediaType}`", row?[1]);
    }

    private static string Pattern(string path) => $"^{Regex.Replace(
        Regex.Escape(path.Trim('`')), "PARAMETER|FILE|ASSEMBLY|LANGUAGE|PATH", match => match.Value == "PATH" ? ".+" : "[^/]+")}$";

    /// <summary>The cells of a table of the page.</summary>
    private static IEnumerable<string[]> Rows(string head) => Page[Page.IndexOf(head, StringComparison.Ordinal)..].Split('\n').Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split(" | "));

    private static IEnumerable<string> Lines(EnvelopeJournal journal) =>
        Encoding.UTF8.GetString(JournalLines.Write(journal.Events)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> RecordAsync(EnvelopeContent content) =>
        Encoding.UTF8.GetString(await content.ReadAsync(EnvelopeContent.RecordPath));

    private static async Task RefusesAsync(string sound, Action<JsonObject> change)
    {
        var record = JsonNode.Parse(sound)!.AsObject();
        change(record);
        var text = record.ToJsonString();

        Assert.NotEqual("", RecordFormat.WhyNot(text));
        await Failure.OfAsync(
            EnvelopeError.Damaged, () => Task.FromResult(RecordReader.Read(Encoding.UTF8.GetBytes(text), Events.Envelope)), "'envelope.json'");
    }

    private async Task DamageAsync(CraftedArchive archive, string reason)
    {
        var path = await archive.WriteAsync(_target.At("damaged.envelope"));
        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(path, _target.Store), path, reason);
    }

    /// <summary>Envelopes that together have all that a training program can say.</summary>
    private async Task<IReadOnlyList<EnvelopeContent>> SaveAllAsync()
    {
        var house = await _store.SaveAsync(info: new EnvelopeInfo
        {
            Description = "Prices of houses – „Häuser“",
            Tags = { ["team"] = "pricing" },
            Metrics = { ["r2"] = 0.98, ["worst"] = double.NaN, ["roc"] = RocCurve.From([0.1, 0.9], [false, true]), ["fair"] = Metric.Of(new { Gap = 0.5 }) },
            Hyperparameters = Hyperparameters.Of(new { Trees = 400, Rate = double.NaN, Loss = "l2", Early = true, Layers = new List<int> { 64, 32 }, Adam = new { Beta = 0.9 } }),
            Examples = [new HousePrice([0.1, 2, 3], "EUR").PredictExample(80)],
        });
        await _store.Store.RecordMetricAsync(house, "loss", 0.5, step: 3);
        await _store.Store.TagAsync(house, new Dictionary<string, string?> { ["team"] = null });
        var german = CultureInfo.GetCultureInfo("de-DE");
        var saved = new[]
        {
            house,
            await Envelope.SaveAsync(new Sentiment(new Weights([1]), new([], Mood.Bad, 0, 0), null), store: _store.Store),
            await Envelope.SaveAsync(Spoken.Trained(), new EnvelopeInfo { Culture = german, Examples = [Spoken.Trained().SayExample(1234.5)] }, _store.Store),
        };
        return await Task.WhenAll(saved.Select(one => _store.Store.OpenAsync(one.Name, one.Digest)));
    }
}
