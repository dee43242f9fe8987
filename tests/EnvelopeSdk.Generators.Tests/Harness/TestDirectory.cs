namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Directories below one that is removed when the test process ends: loaded assemblies lie in some of them until then.</summary>
internal static class TestDirectory
{
    private static readonly DirectoryInfo Root = CreateRoot();

    public static string Create() => Root.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    private static DirectoryInfo CreateRoot()
    {
        var root = Directory.CreateTempSubdirectory("envelope-test-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                root.Delete(recursive: true);
            }
            catch (UnauthorizedAccessException)
            {
                // Windows does not remove assemblies that are loaded; the temporary directory is cleaned by its owner.
            }
        };
        return root;
    }
}
