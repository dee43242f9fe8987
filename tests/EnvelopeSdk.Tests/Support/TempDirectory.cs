namespace EnvelopeSdk.Tests.Support;

/// <summary>A directory of one test.</summary>
internal sealed class TempDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("envelope-test-");

    public string FullPath => _directory.FullName;

    public string At(string name) => Path.Combine(FullPath, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
