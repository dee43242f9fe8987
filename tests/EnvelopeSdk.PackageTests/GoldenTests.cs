using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class GoldenTests(Products products)
{
    public static TheoryData<string> Served => GoldenEnvelopes.Served;

    [Theory]
    [MemberData(nameof(Served))]
    public async Task An_envelope_of_an_earlier_version_is_served_with_the_answers_of_its_training(string name) =>
        Assert.Empty(await GoldenEnvelopes.ServeAsync(products, workspace: null, name));

    [Fact]
    public async Task Each_format_contract_vocabulary_and_codec_that_is_written_today_has_its_golden_envelope()
    {
        var golden = new List<EnvelopeRecord>();
        foreach (var name in GoldenEnvelopes.Names)
        {
            golden.Add((await EnvelopeArchive.OpenAsync(GoldenEnvelopes.PathOf(name))).Content.Record);
        }

        foreach (var name in await products.Store.ListNamesAsync())
        {
            var today = (await products.Store.OpenAsync(name)).Record;
            Assert.Contains(golden, one =>
                one.FormatVersion == today.FormatVersion && one.Model.Contract == today.Model.Contract
                && one.Schema.Vocabulary == today.Schema.Vocabulary);
            Assert.All(today.State, state => Assert.Contains(
                golden.SelectMany(one => one.State), other => (other.Codec, other.Version) == (state.Codec, state.Version)));
        }
    }

    [Fact]
    public async Task The_form_that_was_written_before_there_was_a_contract_is_refused_with_the_version_that_reads_it()
    {
        var project = await products.NewAsync(
            "envelope-service", "Format1", "--envelope", GoldenEnvelopes.PathOf(Path.Combine("refused-format1", "golden-linear.envelope")));

        var (code, output) = await products.TryRunAsync(project, "dotnet", "build");

        Assert.Equal(1, code);
        Assert.Contains("error ENVB011", output, StringComparison.Ordinal);
        Assert.Contains("format 1, which only EnvelopeSdk 0.1 reads", output, StringComparison.Ordinal);
        Assert.Contains("EnvelopeSdk.Service 0.1.0", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(Code).Distinct());
    }

    private static string Code(string line) => line.Split(": error ")[1].Split(':')[0];
}
