using System.Text;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>The two documents of a file that no digest covers.</summary>
public sealed class ArchiveIndexTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("\"schemaVersion\":2", "\"schemaVersion\":3", "schemaVersion"), InlineData("\"schemaVersion\":2,", "", "schemaVersion")]
    [InlineData("image.manifest.v1", "image.index.v1", "image.index.v1"), InlineData("\"size\":", "\"size\":1", "bytes that its index.json names")]
    [InlineData("\"size\":", "\"artifactType\":\"application/x\",\"size\":", "application/x"), InlineData("\"schemaVersion\":", "\"mediaType\":\"a\",\"schemaVersion\":", "no OCI index")]
    [InlineData("\"manifests\":", "\"manifests\":[null],\"more\":", "manifests[0]"), InlineData("sha256:", "sha256:0", "digest")]
    public async Task An_index_that_says_something_else_is_refused(string said, string instead, string reason) => await Failure.OfAsync(
        EnvelopeError.Damaged, () => OpenAsync("index.json", text => text.Replace(said, instead, StringComparison.Ordinal)), "other.envelope", reason);

    [Theory]
    [InlineData("\"size\":", "\"artifactType\":\"application/vnd.cncf.model.manifest.v1+json\",\"size\":")]
    [InlineData("\"schemaVersion\":", "\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"annotations\":{\"a\":\"b\"},\"schemaVersion\":")]
    public async Task An_index_that_says_more_is_taken(string said, string instead) =>
        Assert.Equal("house-price", (await OpenAsync("index.json", text => text.Replace(said, instead, StringComparison.Ordinal))).Content.Record.Name);

    [Theory]
    [InlineData(""), InlineData("{}"), InlineData("null"), InlineData("[]"), InlineData("{\"imageLayoutVersion\":1}"), InlineData("{\"imageLayoutVersion\":\"2.0.0\"}")]
    [InlineData("{\"imageLayoutVersion\":\"\\ud800\"}")]
    public async Task A_layout_of_another_version_is_refused(string text) =>
        await Failure.OfAsync(EnvelopeError.Damaged, () => OpenAsync("oci-layout", _ => text), "other.envelope", "oci-layout");

    private async Task<ResolvedEnvelope> OpenAsync(string name, Func<string, string> change)
    {
        var entries = (await CraftedEnvelope.OfAsync(_store)).Entries()
            .Select(one => one.Name == name ? (one.Name, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(one.Content)))) : one);
        var path = _store.At("other.envelope");
        await File.WriteAllBytesAsync(path, PlainTar.Of(entries));
        return await EnvelopeArchive.OpenAsync(path);
    }
}
