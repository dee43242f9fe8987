using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>What the program of a job is told.</summary>
internal static class JobWords
{
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
            "--json", settings.Append ? "--append" : "--overwrite", $"--input={settings.Input}",
            .. Of("--output", one.Output),
            .. Of("--query", settings.Query), .. settings.Map.SelectMany(map => Of("--map", $"{map.Key}={map.Value}")),
            .. settings.Key.SelectMany(key => Of("--key", key)), .. Of("--answer", settings.Answer),
            .. Of("--quarantine", one.Quarantine), .. Of("--max-bad", settings.MaxBad), .. Of("--log", one.Log),
            .. Of("--threads", settings.Threads), .. Of("--memory", settings.MemoryMegabytes), .. Of("--spill", spill),
            $"--run={name}",
        ];
    }
}
