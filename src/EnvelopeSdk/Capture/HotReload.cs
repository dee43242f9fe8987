using System.Reflection.Metadata;
using EnvelopeSdk.Capture;

[assembly: MetadataUpdateHandler(typeof(HotReload))]

namespace EnvelopeSdk.Capture;

/// <summary>Is told by the run-time when a debugger or <c>dotnet watch</c> changes code of this process.</summary>
internal static class HotReload
{
    /// <summary>Whether that happened: the files of assemblies are not the code that runs.</summary>
    public static bool WasApplied { get; private set; }

    // The run-time finds it by its name.
    internal static void UpdateApplication(Type[]? types) => WasApplied = true;
}
