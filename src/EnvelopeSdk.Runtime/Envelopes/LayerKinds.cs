using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Envelopes;

/// <summary>The files that an envelope can have, by their paths.</summary>
internal static class LayerKinds
{
    private const string State = "state/";

    /// <summary>The media types that a file at a path can have; none for a path that no envelope has.</summary>
    public static IReadOnlyList<string> MediaTypes(string path) => path switch
    {
        EnvelopeContent.RecordPath => [ModelPackMediaTypes.Doc],
        EnvelopeContent.ExamplesPath => [ModelPackMediaTypes.Dataset],
        _ when StartsWith(path, CodePaths.Referenced) || StartsWith(path, CodePaths.Beside) =>
            [ModelPackMediaTypes.Code],
        _ when StartsWith(path, State) => path.EndsWith("/" + StatePath.JsonFile, StringComparison.Ordinal)
            ? [ModelPackMediaTypes.WeightConfig, ModelPackMediaTypes.Weight] // a codec can call a file so
            : [ModelPackMediaTypes.Weight],
        _ => [],
    };

    /// <summary>Whether the file is of the state of a model.</summary>
    public static bool IsState(string path) => StartsWith(path, State);

    /// <summary>The most bytes that a file can have: those that are read whole have an end.</summary>
    public static long Largest(string path) => path switch
    {
        EnvelopeContent.RecordPath => 64L << 20,
        EnvelopeContent.ExamplesPath => 256L << 20,
        _ => 1L << 50,
    };

    private static bool StartsWith(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);
}
