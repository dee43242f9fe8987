namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Finds a path that would leave the directory that an envelope is unpacked in, or take another's place there, on
/// whichever system.
/// </summary>
internal static class ManifestPaths
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? WhyUnsound(OciManifest manifest)
    {
        var taken = UnpackedPaths.Own.ToDictionary(PortablePath.KeyOf, path => path, StringComparer.Ordinal);
        foreach (var layer in manifest.Layers)
        {
            if (PortablePath.WhyNot(layer.FilePath) is { } reason)
            {
                return $"names a file '{SafeText.Of(layer.FilePath ?? "")}', whose path {reason}";
            }

            if (!taken.TryAdd(PortablePath.KeyOf(layer.FilePath!), layer.FilePath!))
            {
                return $"names a file '{layer.FilePath}', where "
                    + $"'{taken[PortablePath.KeyOf(layer.FilePath!)]}' lies on some system";
            }
        }

        return manifest.Layers.Select(layer => layer.FilePath!)
            .FirstOrDefault(path => Directories(PortablePath.KeyOf(path)).Any(taken.ContainsKey)) is { } inFile
            ? $"names a file '{inFile}' in a folder that is a file itself"
            : null;
    }

    private static IEnumerable<string> Directories(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
