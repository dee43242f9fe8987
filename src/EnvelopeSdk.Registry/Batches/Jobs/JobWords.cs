using System.Text.RegularExpressions;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>What the program of a job is told.</summary>
internal static partial class JobWords
{
    /// <summary>What settings call the options that a job names in what it says.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["input"] = "'input'",
        ["output"] = "'output'",
        ["query"] = "'query'",
        ["map"] = "'map'",
        ["key"] = "'key'",
        ["answer"] = "'answer'",
        ["quarantine"] = "'quarantine'",
        ["quarantine FILE"] = "'quarantine'",
        ["max-bad"] = "'maxBad'",
        ["log"] = "'log'",
        ["threads"] = "'threads'",
        ["memory"] = "'memoryMegabytes'",
        ["memory MEGABYTES"] = "'memoryMegabytes'",
        ["append"] = "'append'",
        ["spill"] = "the job's own folder (--deploy-in)",
    };

    /// <summary>
    /// Each attempt replaces what another run left, and goes on behind what another attempt of the same run finished:
    /// it appends nothing twice, also where rows are asked for anew.
    /// </summary>
    /// <param name="one">The run.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="name">What the run is called, whatever the attempt.</param>
    /// <param name="spill">The folder for what is too much for the memory.</param>
    public static IReadOnlyList<string> Of(BatchRun one, BatchSettings settings, string name, string spill)
    {
        static string[] Of(string option, object? value) => value is null ? [] : [$"{option}={value}"];
        return
        [
            "--json", settings.Append ? "--append" : "--overwrite", $"--input={RunPaths.Of(settings.Input, one)}",
            .. Of("--output", one.Output),
            .. Of("--query", settings.Query), .. settings.Map.SelectMany(map => Of("--map", $"{map.Key}={map.Value}")),
            .. settings.Key.SelectMany(key => Of("--key", key)), .. Of("--answer", settings.Answer),
            .. Of("--quarantine", one.Quarantine), .. Of("--max-bad", settings.MaxBad), .. Of("--log", one.Log),
            .. Of("--threads", settings.Threads), .. Of("--memory", settings.MemoryMegabytes), .. Of("--spill", spill),
            $"--run={name}",
        ];
    }

    /// <summary>What a job says to who calls it with options, to who has settings.</summary>
    public static string OfSettings(string message) => Option().Replace(
        message, found => Settings.GetValueOrDefault(found.Groups[1].Value, found.Value));

    [GeneratedRegex("(?<![\\w'-])--(quarantine FILE|memory MEGABYTES|[a-z]+(?:-[a-z]+)*)(?![\\w-])")]
    private static partial Regex Option();
}
