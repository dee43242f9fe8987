using System.Diagnostics;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>A test that runs Python with modules of the distribution, and is skipped where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>It has the distribution's packages, whatever else is on the path.</summary>
    public const string Python = "/usr/bin/python3";

    /// <param name="modules">The modules.</param>
    public PythonFactAttribute(params string[] modules) => Skip = modules.Prepend("sys").All(Has) ? null
        : "Not installed. On Debian: apt-get install "
            + string.Join(' ', modules.Select(one => "python3-" + one).Prepend("python3"));

    private static bool Has(string module)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(Python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
