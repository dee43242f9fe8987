using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>Tells whether what was built is still what the sources say.</summary>
internal static class SourceDigest
{
    private static readonly string[] Folders = ["src", "generators", "analyzers", "templates"];

    public static string Of(string repository)
    {
        var own = Directory.EnumerateDirectories(Path.Combine(repository, "tests"), Workshop.ProjectPrefix + "*");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Folders.Select(folder => Path.Combine(repository, folder)).Concat(own)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(repository, "Directory.*"))
            .Where(IsSource)
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(repository, file) + "\0"));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static bool IsSource(string file) => Path.GetExtension(file) != ".md"
        && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");
}
