using System.IO.Compression;

namespace EnvelopeSdk.Build.Tests.Support;

/// <summary>A folder of packages made for the tests.</summary>
internal sealed class LocalFeed(string directory)
{
    /// <summary>Adds a package for net10.0 that has no files.</summary>
    public void Add(string id, string version, params (string Id, string Version)[] dependencies) =>
        Add("lib/net10.0/_._", id, version, dependencies);

    /// <summary>Adds a package for net10.0 with an assembly that runs.</summary>
    public void AddRunning(string id, string version, params (string Id, string Version)[] dependencies) =>
        Add($"lib/net10.0/{id}.dll", id, version, dependencies);

    private void Add(string file, string id, string version, (string Id, string Version)[] dependencies)
    {
        Directory.CreateDirectory(directory);
        using var package = new ZipArchive(File.Create(Path.Combine(directory, $"{id}.{version}.nupkg")), ZipArchiveMode.Create);
        Write(package, $"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{id}</id>
                <version>{version}</version>
                <authors>tests</authors>
                <description>For tests.</description>
                <dependencies>
                  <group targetFramework="net10.0">
                    {string.Concat(dependencies.Select(one => $"<dependency id=\"{one.Id}\" version=\"{one.Version}\" />"))}
                  </group>
                </dependencies>
              </metadata>
            </package>
            """);
        Write(package, file, "");
    }

    private static void Write(ZipArchive package, string name, string text)
    {
        using var writer = new StreamWriter(package.CreateEntry(name).Open());
        writer.Write(text);
    }
}
