using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>A package, as <c>dotnet pack</c> would make it; not signed.</summary>
internal sealed class TestPackage
{
    private TestPackage(string id, string version, byte[] content) => (Id, Version, Content) = (id, version, content);

    public string Id { get; }

    public string Version { get; }

    public byte[] Content { get; }

    public string Key => $"{Id.ToLowerInvariant()}/{Version}";

    public string ContentHash => Convert.ToBase64String(SHA512.HashData(Content));

    public LockedPackage Locked => new(Id, Version, ContentHash, Direct: true);

    /// <summary>Packs one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="version">Its version.</param>
    public static TestPackage Pack(string id, string text = "one", string version = "1.0.0")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(
                zip, id + ".nuspec",
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{id}</id><version>{version}</version><authors>a</authors><description>d</description>
                </metadata></package>
                """);
            Write(zip, "content/text.txt", text);
        }

        return new TestPackage(id, version, stream.ToArray());
    }

    /// <summary>What a feed may give out in place of this package, and is none.</summary>
    public TestPackage Broken() => new(Id, Version, "no zip"u8.ToArray());

    public void WriteTo(string folder) => File.WriteAllBytes(Path.Combine(folder, $"{Id}.{Version}.nupkg"), Content);

    private static void Write(ZipArchive zip, string path, string text)
    {
        var entry = zip.CreateEntry(path);
        entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
