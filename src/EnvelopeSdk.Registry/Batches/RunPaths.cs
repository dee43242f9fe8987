using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>The files of a run, of which each run may have its own.</summary>
internal static partial class RunPaths
{
    private static readonly string[] All = ["{date}", "{time}", "{run}"];

    /// <summary>What stands for a run, in words.</summary>
    public static string Known => string.Join(", ", All);

    /// <summary>What looks like it stands for a run, and does not; null: nothing.</summary>
    public static string? Unknown(string path) =>
        Braces().Matches(path).Select(one => one.Value).FirstOrDefault(one => !All.Contains(one));

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

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Braces();
}
