using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>Whole envelopes of one name that differ in a number.</summary>
internal static class KeptEnvelopes
{
    public const string Name = ServedStore.Linear;

    /// <param name="store">Where it is added.</param>
    /// <param name="number">The same envelope for the same number.</param>
    /// <param name="events">What is in its journal, each event without the envelope.</param>
    /// <param name="signatures">Its signatures.</param>
    public static async Task<EnvelopeReference> AddAsync(
        IEnvelopeStore store, int number, IEnumerable<JournalEvent> events,
        IReadOnlyList<EnvelopeSignature>? signatures = null)
    {
        var (content, manifest) = await MakeAsync(number);
        await using var staged = await store.StageAsync();
        foreach (var blob in content.Blobs)
        {
            await using var source = await content.OpenVerifiedAsync(blob, default);
            await staged.AddAsync(async stream => await source.CopyToAsync(stream), default);
        }

        var whole = await staged.AddAsync(stream => stream.WriteAsync(manifest), default);
        return await staged.CommitAsync(
            Name, whole.Digest, [.. events.Select(one => one with { Envelope = whole.Digest })], signatures ?? [], default);
    }

    /// <returns>The kept envelope that has the content, and the manifest with the number.</returns>
    public static async Task<(EnvelopeContent Content, byte[] Manifest)> MakeAsync(int number)
    {
        var content = (await EnvelopeArchive.OpenAsync(ServedStore.Golden(Name))).Content;
        var manifest = JsonNode.Parse(content.Manifest.Span)!.AsObject();
        manifest["annotations"] = new JsonObject { ["number"] = number.ToString(CultureInfo.InvariantCulture) };
        return (content, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    public static EnvelopeSignature Signature(string text) => new(
        Encoding.UTF8.GetBytes(text), new Dictionary<string, string> { ["dev.cosignproject.cosign/signature"] = "c2ln" });
}
