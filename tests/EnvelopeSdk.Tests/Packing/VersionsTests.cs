using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>Envelopes and models of other versions of the platform than this one.</summary>
public sealed class VersionsTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _target = new();

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task The_first_format_is_told_with_the_version_that_reads_it() => await RefusesAsync(
        record =>
        {
            record["formatVersion"] = 1;
            record.AsObject().Remove("model");
        },
        "format 1,", "EnvelopeSdk.Service 0.1.0");

    [Fact]
    public async Task A_record_of_format_2_has_the_invariant_culture_and_no_configuration()
    {
        var archive = await CraftedArchive.OfRecordAsync(_store, record =>
        {
            record["formatVersion"] = 2;
            record.AsObject().Remove("culture");
            record.AsObject().Remove("configuration");
        });
        var read = (await EnvelopeArchive.OpenAsync(await archive.WriteAsync(_target.At("format2.envelope")))).Content.Record;

        Assert.Equal((2, ""), (read.FormatVersion, read.Culture));
        Assert.Empty(read.Configuration);
        Assert.Null(read.IsInvariant);
        Assert.Empty(RuntimeSettings.Answering(read));
    }

    [Fact]
    public async Task A_format_of_the_future_is_told_with_the_version_that_wrote_it() => await RefusesAsync(
        record =>
        {
            record["formatVersion"] = 99;
            record["model"]!["platform"] = "7.8.9";
            record["state"] = "written in a way that nobody knows yet";
        },
        "format 99,", "7.8.9 or newer");

    [Fact]
    public async Task A_format_of_the_future_that_does_not_say_who_wrote_it_is_told_too() => await RefusesAsync(
        record =>
        {
            record["formatVersion"] = 99;
            record.AsObject().Remove("model");
        },
        "format 99,", "Update the packages of EnvelopeSdk.");

    [Fact]
    public async Task A_vocabulary_of_the_future_is_told_with_the_version_that_wrote_it() => await RefusesAsync(
        record =>
        {
            record["schema"]!["vocabulary"] = 99;
            record["schema"]!["queries"] = "written in a way that nobody knows yet";
            record["model"]!["platform"] = "7.8.9";
        },
        "vocabulary 99,", "7.8.9 or newer");

    [Fact]
    public async Task A_record_without_the_number_of_its_format_is_damage()
    {
        var archive = await CraftedArchive.OfRecordAsync(_store, record => record.AsObject().Remove("formatVersion"));
        var path = await archive.WriteAsync(_target.At("no-number.envelope"));

        await Failure.OfAsync(
            EnvelopeError.Damaged, () => EnvelopeArchive.ImportAsync(path, _target.Store), path, "'envelope.json'",
            "formatVersion");
    }

    [Fact]
    public async Task A_record_with_members_that_this_version_does_not_know_is_read()
    {
        var archive = await CraftedArchive.OfRecordAsync(
            _store, record => record["later"] = new JsonObject { ["a"] = 1 });

        await EnvelopeArchive.ImportAsync(await archive.WriteAsync(_target.At("later.envelope")), _target.Store);
        await _target.OpenSoundAsync();
    }

    [Fact]
    public async Task A_model_that_was_compiled_for_another_contract_is_told_with_the_version_that_knows_it()
    {
        var attribute = new CustomAttributeBuilder(
            typeof(ModelContractAttribute).GetConstructor([typeof(int), typeof(string)])!, [99, "7.8.9"]);
        const AssemblyBuilderAccess Access = AssemblyBuilderAccess.RunAndCollect;
        var later = AssemblyBuilder.DefineDynamicAssembly(new("LaterModels"), Access, [attribute]);
        var older = AssemblyBuilder.DefineDynamicAssembly(new("OlderModels"), Access);

        await Failure.OfAsync(
            EnvelopeError.UnknownVersion, () => Task.FromResult(BuiltWith.Contract(later)),
            "'LaterModels'", "contract 99", "7.8.9");
        await Failure.OfAsync(
            EnvelopeError.UnknownVersion, () => Task.FromResult(BuiltWith.Contract(older)),
            "'OlderModels'", "Build it again");
        Assert.Equal(ModelContract.Number, BuiltWith.Contract(Assembly.GetExecutingAssembly()).Number);
    }

    private async Task RefusesAsync(Action<JsonNode> changeRecord, params string[] named)
    {
        var archive = await CraftedArchive.OfRecordAsync(_store, changeRecord);
        var path = await archive.WriteAsync(_target.At("other.envelope"));

        await Failure.OfAsync(
            EnvelopeError.UnknownVersion, () => EnvelopeArchive.ImportAsync(path, _target.Store),
            [.. named, "sha256:"]);
        Assert.Empty(await _target.Store.ListNamesAsync());
    }
}
