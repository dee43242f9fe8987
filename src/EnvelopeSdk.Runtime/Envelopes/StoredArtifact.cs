using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Envelopes;

/// <summary>The files of one constructor parameter in an envelope.</summary>
internal sealed class StoredArtifact(EnvelopeContent content, StateRecord state) : ArtifactReader
{
    public override int Version => state.Version;

    public override IReadOnlyList<string> Names => state.Files;

    public override async ValueTask<Stream> OpenAsync(string name, CancellationToken cancellationToken) =>
        await content.OpenAsync(StatePath.Of(state.Name, name), cancellationToken);

    public override async ValueTask<string?> FindPathAsync(string name, CancellationToken cancellationToken) =>
        await content.FindPathAsync(StatePath.Of(state.Name, name), cancellationToken);
}
