using System.Runtime.InteropServices;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>The program <c>dotnet</c> that the registry itself runs on.</summary>
internal static class DotnetHost
{
    /// <summary>Its path; just its name where the registry needs none.</summary>
    public static string Path { get; } = Find();

    /// <summary>The runtime lies in shared/Microsoft.NETCore.App/VERSION beside it.</summary>
    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var path = System.IO.Path.GetFullPath(
            System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }
}
