using System.Reflection;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>An envelope whose files are resources of an assembly, called <c>envelope/</c> and their path.</summary>
internal sealed class EmbeddedEnvelope : IBlobSource
{
    private const string Directory = "envelope/";

    private readonly Assembly _assembly;
    private readonly Dictionary<Digest, string> _names = [];

    private EmbeddedEnvelope(Assembly assembly, OciManifest manifest)
    {
        _assembly = assembly;
        var there = assembly.GetManifestResourceNames().ToHashSet(StringComparer.Ordinal);
        foreach (var blob in manifest.Layers.Append(manifest.Config))
        {
            var name = Directory + (blob.FilePath ?? UnpackedPaths.Config);
            if (there.Contains(name))
            {
                _names[blob.Digest] = name;
            }
        }
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="EnvelopeException">It is not there, or damaged.</exception>
    public static async Task<EnvelopeContent> OpenAsync(Assembly assembly, CancellationToken cancellationToken)
    {
        using var stream = assembly.GetManifestResourceStream(Directory + UnpackedPaths.Manifest)
            ?? throw new EnvelopeException(
                EnvelopeError.NotFound, "There is no envelope in this worker. Build it again.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var manifest = ManifestReader.Read(bytes.ToArray(), UnpackedPaths.Manifest);
        return await EnvelopeContent.OpenAsync(
            bytes.ToArray(), new EmbeddedEnvelope(assembly, manifest), cancellationToken);
    }

    public ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken) =>
        new(_names.TryGetValue(digest, out var name) ? _assembly.GetManifestResourceStream(name) : null);

    public string? FindPath(Digest digest) => null;

    public string Describe(Digest digest) => _names.GetValueOrDefault(digest, digest.ToString());
}
