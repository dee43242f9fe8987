namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Refuses a manifest whose files would leave the directory they are unpacked in, or take each other's place there.
/// </summary>
internal static class ManifestPaths
{
    /// <exception cref="EnvelopeException">It is such a manifest.</exception>
    public static void Check(OciManifest manifest)
    {
        if (manifest.Config.FilePath is { } configPath)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"The manifest names a file '{configPath}' for its config, which has no path. "
                + "Get the envelope again from where it was saved.");
        }

        var taken = new HashSet<string>(UnpackedPaths.Own, StringComparer.Ordinal);
        var paths = manifest.Layers.Select(layer => layer.FilePath).ToList();
        var stray = paths.FindIndex(path => !IsSafe(path) || !taken.Add(path!));
        if (stray < 0)
        {
            stray = paths.FindIndex(path => Directories(path!).Any(taken.Contains));
        }

        if (stray >= 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"The manifest names a file '{paths[stray]}' that does not lie within the envelope, or lies where "
                + "another does. Get the envelope again from where it was saved.");
        }
    }

    private static bool IsSafe(string? path) =>
        path is { Length: > 0 } && !Path.IsPathRooted(path) && path.AsSpan().IndexOfAny('\\', '\0') < 0
        && !path.Split('/').Any(part => part is "" or "." or "..");

    private static IEnumerable<string> Directories(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
