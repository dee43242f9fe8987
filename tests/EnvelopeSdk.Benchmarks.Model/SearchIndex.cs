using EnvelopeSdk;
using EnvelopeSdk.Authoring;

[assembly: ArtifactCodec(typeof(Diamonds.IndexFile), typeof(Diamonds.IndexFileCodec))]

namespace Diamonds;

/// <summary>State that lies in a file, as what is too large for memory does.</summary>
public sealed record IndexFile(string Path);

/// <summary>Takes the file into the envelope, and uses it where it lies there.</summary>
public sealed class IndexFileCodec : IArtifactCodec<IndexFile>
{
    public string Id => "diamonds.index-file";

    public int Version => 1;

    public ValueTask SaveAsync(IndexFile value, ArtifactWriter files, CancellationToken cancellationToken) =>
        files.AddFileAsync("index.bin", value.Path, cancellationToken);

    public async ValueTask<IndexFile> LoadAsync(ArtifactReader files, CancellationToken cancellationToken) =>
        new((await files.FindPathAsync("index.bin", cancellationToken))!);
}

/// <summary>A model that answers from a file that is never read whole.</summary>
[EnvelopeModel("search-index")]
public sealed partial class SearchIndex(IndexFile index)
{
    [Predict]
    public int At(long place)
    {
        using var file = File.OpenRead(index.Path);
        file.Position = place;
        return file.ReadByte();
    }
}
