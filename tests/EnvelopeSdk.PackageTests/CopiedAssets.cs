namespace EnvelopeSdk.PackageTests;

/// <summary>Projects of <c>Assets</c>, which are built and run elsewhere, with the packages packed from this tree.</summary>
internal static class CopiedAssets
{
    /// <summary>Copies a directory of projects.</summary>
    /// <returns>The copy.</returns>
    public static string Copy(Products products, string name)
    {
        const string Prefix = "EnvelopeSdk.Templates.";
        var source = Path.Combine(AppContext.BaseDirectory, "Assets", name);
        var target = Path.Combine(products.Workspace.Root, name);
        var package = Directory.EnumerateFiles(products.Workspace.Feed, Prefix + "*.nupkg").Single();
        var version = Path.GetFileNameWithoutExtension(package)[Prefix.Length..];
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace("ENVELOPESDK_VERSION", version, StringComparison.Ordinal)
                .Replace("Version=\"*\"", $"Version=\"{version}\"", StringComparison.Ordinal));
        }

        return target;
    }
}
