namespace EnvelopeSdk.PackageTests;

/// <summary>A test that makes native code, which .NET leaves to the linker of the platform's C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinkerFactAttribute : FactAttribute
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    public LinkerFactAttribute()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = paths.Any(path => Linkers.Any(linker => File.Exists(Path.Combine(path, linker)))) ? null : "Neither clang nor gcc is installed.";
    }
}
