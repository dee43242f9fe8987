using System.Diagnostics;
using System.Globalization;

namespace EnvelopeSdk.PackageTests;

/// <summary>
/// The compiler server of the tests' own builds, as users have one: half of the time of a small build is that in which a
/// compiler starts. Nobody else uses it, and it ends with the tests.
/// </summary>
internal static class CompilerServer
{
    private static readonly string Id = "envelope-package-tests-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>An environment of builds, with the server.</summary>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> environment) => new(environment)
    {
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = Id, // the name of its pipe, and so an argument of its process
    };

    /// <summary>Ends it at once where processes can be told by their arguments; elsewhere it ends when it was not used for long.</summary>
    public static void Stop()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsOwn(process.Id))
                {
                    process.Kill();
                }
            }
        }
    }

    private static bool IsOwn(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains($"-pipename:{Id}", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is another user's
        }
    }
}
