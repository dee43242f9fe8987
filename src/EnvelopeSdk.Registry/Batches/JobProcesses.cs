using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>
/// The processes of runs. How each ended, and what it counted, lie in files of its attempt: who comes later reads them.
/// </summary>
internal sealed class JobProcesses(EnginePlace place, ServiceBuilder builder)
{
    /// <summary>Runs the job, and notes how it ended. Its arguments: code file, result file, program...</summary>
    private const string Script =
        """
        code="$1"; result="$2"; shift 2
        "$@" >> "$result" & job=$!
        trap 'kill -TERM $job' TERM
        while :; do wait $job; ended=$?; kill -0 $job 2> /dev/null || break; done
        echo $ended > "$code.partial"; mv "$code.partial" "$code"
        """;

    private const int LinesOfLog = 500;
    private const int LargestResult = 32 << 20;

    /// <summary>With what the names of runs' homes begin.</summary>
    public const string Home = "run-";

    /// <summary>The process in the folder of an attempt.</summary>
    public static DetachedProcess In(string folder) => new(folder, folder + Path.DirectorySeparatorChar);

    public DetachedProcess Of(BatchRun one) => In(FolderOf(one));

    /// <exception cref="EnvelopeException">A secret is not there, or it cannot be started.</exception>
    public async Task StartAsync(
        BatchRun one, BatchSettings settings, BuildKey key, CancellationToken cancellationToken)
    {
        var environment = CleanEnvironment.Of(place.User);
        foreach (var (name, value) in settings.Environment)
        {
            environment[name] = value;
        }

        foreach (var (name, secret) in settings.Secrets)
        {
            environment[name] = place.Secrets.Read(one.Batch, secret);
        }

        var home = environment["HOME"] = place.MakeHome($"{Home}{one.Id}");
        string[] job =
        [
            DotnetHost.Path, "exec", Path.Combine(builder.FolderOf(key), key.Assembly), .. WordsOf(one, settings, home),
        ];
        await Of(one).StartAsync(
            ["sh", "-c", Script, "sh", FileOf(one, "code"), FileOf(one, "result"), .. place.User?.Command(job) ?? job],
            home, environment, cancellationToken);
    }

    /// <summary>Removes what another database left under the number of a run.</summary>
    public async Task ClearAsync(BatchRun one, CancellationToken cancellationToken)
    {
        if (Directory.Exists(FolderOf(one)))
        {
            await Of(one).StopAsync(TimeSpan.Zero, cancellationToken);
            Directory.Delete(FolderOf(one), recursive: true);
        }
    }

    /// <summary>Keeps what it writes from becoming too much.</summary>
    public void Rotate(BatchRun one)
    {
        LogFiles.Rotate(Of(one).LogFile);
        LogFiles.Rotate(FileOf(one, "result"));
    }

    /// <summary>Writes down why an attempt failed that came to no process.</summary>
    public void Note(BatchRun one, string reason)
    {
        if (Of(one).IsRunning is null)
        {
            Directory.CreateDirectory(FolderOf(one));
            File.WriteAllText(Of(one).LogFile, reason);
        }
    }

    /// <summary>The last lines that the latest attempt wrote which wrote any.</summary>
    public string LogOf(BatchRun one)
    {
        for (var attempt = one.Attempt; attempt > 0; attempt--)
        {
            if (LogFiles.End(Of(one with { Attempt = attempt }).LogFile, LinesOfLog) is { Length: > 0 } log)
            {
                return log;
            }
        }

        return "";
    }

    /// <returns>With what it ended; nothing: it was killed.</returns>
    public string CodeOf(BatchRun one) =>
        FileOf(one, "code") is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : "";

    /// <summary>Why it did not end well.</summary>
    public string ReasonOf(BatchRun one, string code)
    {
        using var said = SaidOf(one);
        return said?.RootElement is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("error", out var error)
            && error is { ValueKind: JsonValueKind.Object } && error.TryGetProperty("message", out var message)
            ? message.ToString().Split('\n')[0]
            : LogFiles.End(Of(one).LogFile, 1) is { Length: > 0 } last ? last
            : code.Length > 0 ? $"The job ended with {code}."
            : "The job was killed.";
    }

    /// <returns>How many rows there were, and how many of them were bad; null: it does not say.</returns>
    public (long Rows, long Bad)? CountsOf(BatchRun one)
    {
        using var said = SaidOf(one);
        return said?.RootElement is { ValueKind: JsonValueKind.Object } all
            && NumberOf(all, "rows") is { } rows && NumberOf(all, "bad") is { } bad
            ? (rows, bad)
            : null;
    }

    private static long? NumberOf(JsonElement all, string name) =>
        all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>What the job said at its end, among what its envelope may have written before and since.</summary>
    /// <returns>Null: nothing that can be read.</returns>
    private JsonDocument? SaidOf(BatchRun one)
    {
        if (!File.Exists(FileOf(one, "result")))
        {
            return null;
        }

        using var file = File.OpenRead(FileOf(one, "result"));
        file.Seek(-Math.Min(file.Length, LargestResult), SeekOrigin.End); // while no registry ran, nobody rotated it
        var written = new byte[file.Length - file.Position];
        file.ReadExactly(written);
        var reader = new Utf8JsonReader(written.AsSpan(written.AsSpan().LastIndexOf("\n{"u8) + 1));
        try
        {
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Each attempt replaces what another run left, and goes on behind what another attempt of the same run finished:
    /// it appends nothing twice, also where rows are asked for anew.
    /// </summary>
    private IEnumerable<string> WordsOf(BatchRun one, BatchSettings settings, string home)
    {
        static string[] Of(string option, object? value) => value is null ? [] : [$"{option}={value}"];
        return
        [
            "--json", settings.Append ? "--append" : "--overwrite", $"--input={settings.Input}",
            .. Of("--output", one.Output),
            .. Of("--query", settings.Query), .. settings.Map.SelectMany(map => Of("--map", $"{map.Key}={map.Value}")),
            .. settings.Key.SelectMany(key => Of("--key", key)), .. Of("--answer", settings.Answer),
            .. Of("--quarantine", one.Quarantine), .. Of("--max-bad", settings.MaxBad), .. Of("--log", one.Log),
            .. Of("--threads", settings.Threads), .. Of("--memory", settings.MemoryMegabytes), .. Of("--spill", home),
            $"--run={NameOf(one)}",
        ];
    }

    /// <summary>
    /// What a run is called by its jobs, whatever the attempt. Another place, or a database that was brought back, has
    /// the same numbers for other runs, whose rows are not done yet.
    /// </summary>
    private string NameOf(BatchRun one) => string.Create(
        CultureInfo.InvariantCulture, $"{place.Id}-{one.Id}-{one.Requested.UtcTicks}");

    private string FolderOf(BatchRun one) => place.RunOf(one.Id, one.Attempt);

    private string FileOf(BatchRun one, string name) => Path.Combine(FolderOf(one), name);
}
