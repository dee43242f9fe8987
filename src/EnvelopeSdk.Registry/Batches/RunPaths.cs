using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>The files of a run, of which each run may have its own.</summary>
internal static class RunPaths
{
    /// <summary>Puts what a run is in the place of what stands for it.</summary>
    /// <param name="path">The path, as the settings say it.</param>
    /// <param name="one">The run, which has started.</param>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? Of(string? path, BatchRun one)
    {
        var started = one.Started!.Value.UtcDateTime;
        return path?
            .Replace("{date}", started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", started.ToString("HHmmss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{run}", one.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
