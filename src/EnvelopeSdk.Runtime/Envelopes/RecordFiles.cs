using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Envelopes;

/// <summary>Compares the files that an envelope has with those that its record names.</summary>
internal static class RecordFiles
{
    /// <exception cref="EnvelopeException">A file is missing, or is state that no parameter has.</exception>
    public static void Check(EnvelopeRecord record, OciManifest manifest, Digest envelope)
    {
        var files = manifest.Layers.Select(layer => layer.FilePath!).ToHashSet(StringComparer.Ordinal);
        var states = record.State.SelectMany(state => state.Files.Select(file => StatePath.Of(state.Name, file)))
            .ToHashSet(StringComparer.Ordinal);
        var assemblies = record.Packages.Assemblies.Append(record.Model.Assembly)
            .Select(assembly => $"{CodePaths.Referenced}{assembly}.dll");
        if (states.Concat(assemblies).FirstOrDefault(path => !files.Contains(path)) is { } missing)
        {
            throw Unsound(envelope, $"its record names a file '{SafeText.Of(missing)}', which its manifest does not");
        }

        if (files.FirstOrDefault(path => LayerKinds.IsState(path) && !states.Contains(path)) is { } extra)
        {
            throw Unsound(envelope, $"its manifest names a file '{extra}', which is of no state in its record");
        }
    }

    private static EnvelopeException Unsound(Digest envelope, string reason) => new(
        EnvelopeError.Damaged,
        $"Envelope {envelope} is damaged: {reason}. Import the envelope from a copy, or save it again.");
}
