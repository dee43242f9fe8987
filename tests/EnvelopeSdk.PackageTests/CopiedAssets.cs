using System.Reflection;

namespace EnvelopeSdk.PackageTests;

/// <summary>Projects of <c>Assets</c>, which are built and run elsewhere, with the packages packed from this tree.</summary>
internal static class CopiedAssets
{
    /// <summary>The version that this tree packs.</summary>
    public static string Version => typeof(EnvelopeStore).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Copies a directory of projects.</summary>
    /// <returns>The copy.</returns>
    public static string Copy(Products products, string name)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Assets", name);
        var target = Path.Combine(products.Workspace.Root, name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace("ENVELOPESDK_VERSION", Version, StringComparison.Ordinal)
                .Replace("Version=\"*\"", $"Version=\"{Version}\"", StringComparison.Ordinal));
        }

        return target;
    }
}
