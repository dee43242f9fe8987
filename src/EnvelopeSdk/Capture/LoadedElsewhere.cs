using System.Diagnostics;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Finds code that runs in this process and lies neither beside the program nor with the run-time: loaded by a path of
/// this machine, which a service does not have.
/// </summary>
internal static class LoadedElsewhere
{
    private static readonly string[] OfTheSystem = OperatingSystem.IsWindows()
        ? [Environment.GetFolderPath(Environment.SpecialFolder.Windows)]
        : ["/lib", "/usr", "/System", "/opt/homebrew"];

    public static void Warn(string directory, SaveWarnings warnings)
    {
        var known = ((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator))
            .ToHashSet(ProgramFolder.PathComparer);
        foreach (var file in Assemblies().Where(file => !known.Contains(file)).Concat(NativeLibraries())
            .Where(file => !IsKnown(file, directory)).Distinct(ProgramFolder.PathComparer)
            .Order(StringComparer.Ordinal))
        {
            warnings.Add(
                $"This program loaded '{file}', which lies neither beside it nor in a package, so the envelope does "
                + "not hold it. Where the model needs it, a service fails or answers otherwise. Reference it from the "
                + "project, or let the build copy it beside the program (CopyToOutputDirectory) and load it from "
                + "AppContext.BaseDirectory.");
        }
    }

    /// <summary>Whether a file comes with the program, its run-time, its system or what runs its tests.</summary>
    internal static bool IsKnown(string file, string directory)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var shared = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        return OfTheSystem.Append(shared).Append(directory).Any(root => IsUnder(root, file))
            || TestPackages.HasFile(Path.GetFileName(file));
    }

    private static bool IsUnder(string root, string file) => file.StartsWith(
        Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar,
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Assemblies() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(one => !one.IsDynamic && one.Location.Length > 0).Select(one => one.Location);

    private static IEnumerable<string> NativeLibraries()
    {
        using var process = Process.GetCurrentProcess();
        return
        [
            .. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
                .Where(file => Path.GetExtension(file) is ".so" or ".dylib"
                    || file.Contains(".so.", StringComparison.Ordinal)),
        ];
    }
}
