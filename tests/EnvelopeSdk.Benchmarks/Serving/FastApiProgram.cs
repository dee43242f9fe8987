using System.Diagnostics;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>The same model as one serves it with FastAPI and scikit-learn, of Debian's packages.</summary>
internal static class FastApiProgram
{
    private const string Python = "/usr/bin/python3";

    public const string Cure =
        "apt-get install python3-fastapi python3-uvicorn python3-uvloop python3-httptools python3-sklearn";

    public static ServingProgram Program { get; } = new(
        Contestant.FastApi, new("python", "uvicorn"),
        [Python, Path.Combine(AppContext.BaseDirectory, "Serving", "fast_api.py")]);

    public static IReadOnlyList<ServingWork> Works { get; } = [ServingWork.Row, ServingWork.Rows];

    public static async Task<bool> IsInstalledAsync()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        var start = new ProcessStartInfo(Python, ["-c", "import fastapi, sklearn, uvicorn"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
