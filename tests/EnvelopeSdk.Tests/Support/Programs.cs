using System.Diagnostics;

namespace EnvelopeSdk.Tests.Support;

/// <summary>Programs of others, which tests talk to where they are installed.</summary>
internal static class Programs
{
    public static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, name)));

    /// <summary>Why a test is skipped that needs programs; null when they are there.</summary>
    public static string? WhySkipped(params IEnumerable<string> programs)
    {
        var missing = programs.Where(program => !IsInstalled(program)).ToList();
        return missing.Count == 0 ? null : $"Not installed: {string.Join(", ", missing)}. "
            + "On Debian: apt-get install docker-registry apache2-utils skopeo openssl tar libarchive-tools python3";
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.ToArray();
    }
}

/// <summary>A test that talks to programs, and is skipped where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramsFactAttribute : FactAttribute
{
    public ProgramsFactAttribute(params string[] programs) => Skip = Programs.WhySkipped(programs);
}

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramsTheoryAttribute : TheoryAttribute
{
    public ProgramsTheoryAttribute(params string[] programs) => Skip = Programs.WhySkipped(programs);
}
