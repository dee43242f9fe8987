namespace EnvelopeSdk.Envelopes;

/// <summary>
/// What runs tests, by how its packages and files are called. A model of a test project needs none of it, and there is
/// no other mark that tells it from the packages of the model.
/// </summary>
internal static class TestPackages
{
    private static readonly string[] Prefixes =
    [
        "xunit", "NUnit", "MSTest", "TUnit", "coverlet", "Microsoft.NET.Test.Sdk", "Microsoft.TestPlatform",
        "Microsoft.Testing", "Microsoft.VisualStudio.TestPlatform", "Microsoft.VisualStudio.CodeCoverage",
        "Microsoft.CodeCoverage", "testhost", "Microsoft.VisualStudio.TestTools",
    ];

    /// <summary>Whether a package is of a kind that runs tests.</summary>
    public static bool Contains(string id) => Prefixes.Any(prefix =>
        id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (id.Length == prefix.Length || id[prefix.Length] is '.' or '3'));

    /// <summary>Whether a file is of such a package: its assemblies are called like it.</summary>
    public static bool HasFile(string name) => Contains(name);
}
