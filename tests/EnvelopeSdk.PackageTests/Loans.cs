namespace EnvelopeSdk.PackageTests;

/// <summary>
/// A model in a class library that uses another one, trained by a program of its own. Its queries use every kind of type
/// that can be served.
/// </summary>
internal static class Loans
{
    /// <summary>Trains and saves it.</summary>
    /// <returns>What the reloaded model answered for the first example.</returns>
    public static async Task<string> TrainAsync(Products products)
    {
        var loans = Path.Combine(products.Workspace.Root, "Loans");
        Copy(products, Path.Combine(AppContext.BaseDirectory, "Assets", "Loans"), loans);
        return (await products.RunAsync(Path.Combine(loans, "Loans.Train"), "dotnet", "run")).Trim();
    }

    private static void Copy(Products products, string source, string target)
    {
        const string Prefix = "EnvelopeSdk.Templates.";
        var package = Directory.EnumerateFiles(products.Workspace.Feed, Prefix + "*.nupkg").Single();
        var version = Path.GetFileNameWithoutExtension(package)[Prefix.Length..];
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace("ENVELOPESDK_VERSION", version, StringComparison.Ordinal));
        }
    }
}
