using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Service;

/// <summary>The envelope that this service was built from. It lies beside the service's assembly.</summary>
internal sealed class ServedEnvelope
{
    private ServedEnvelope(EnvelopeContent content, IReadOnlyList<PredictionExample> examples) => (Content, Examples) = (content, examples);

    public EnvelopeContent Content { get; }

    public IReadOnlyList<PredictionExample> Examples { get; }

    public EnvelopeRecord Record => Content.Record;

    public string Reference => new EnvelopeReference(Record.Name, Content.Digest).ToString();

    public static async Task<ServedEnvelope> OpenAsync(string directory)
    {
        var content = await EnvelopeContent.OpenUnpackedAsync(directory);
        return new ServedEnvelope(content, await content.ReadExamplesAsync());
    }
}
