using System.CommandLine;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>The command line of a job.</summary>
internal static class BatchCommand
{
    /// <summary>How long Ctrl-C lets a job come to an end, of which it says that it goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly JobArguments Job = new();

    private static readonly Option<bool> Json = new("--json") { Description = "Print what was done as JSON." };

    /// <summary>Runs a job.</summary>
    /// <param name="open">Opens the model.</param>
    /// <param name="settings">The file of what holds if the arguments do not say otherwise.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        Func<CancellationToken, Task<ServedModel>> open, string settings, string[] arguments)
    {
        var command = new RootCommand("Answers the rows of a table with the model of an envelope.") { Json };
        Job.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var parent = new JobParent(cancellation);
            return await RunAsync(parsed, open, settings, parent.Gone);
        });
        var asked = command.Parse(arguments, JobArguments.AsTheyAre);
        try
        {
            var code = await asked.InvokeAsync(new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Patience,
            });
            return asked.Errors.Count > 0 ? JobOutput.Usage : code;
        }
        catch (Exception failure) when (JobOutput.IsExpected(failure))
        {
            return JobOutput.Fail(failure, asked.GetValue(Json));
        }
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<CancellationToken, Task<ServedModel>> open, string settings,
        CancellationToken cancellation)
    {
        var options = Options(parsed, BatchSettings.Read(settings));
        DuckTables.Load(); // while what the envelope is, and what is in the input, is read
        var digests = new FileDigests(options.Input, cancellation);
        var model = await open(cancellation);
        RunManifest done;
        using (var progress = JobOutput.Progress(parsed.GetValue(Json)))
        {
            done = await new BatchJob(model, options, digests, progress).RunAsync(cancellation);
        }

        JobOutput.Write(done, parsed.GetValue(Json));
        return JobOutput.Done;
    }

    /// <exception cref="EnvelopeException">They are not enough, or cannot be so.</exception>
    private static BatchOptions Options(ParseResult parsed, BatchOptions settings)
    {
        var options = OfColumns(parsed, Job, settings) with
        {
            Input = parsed.GetValue(Job.Input) ?? settings.Input,
            Output = parsed.GetValue(Job.Output) ?? settings.Output,
            Quarantine = parsed.GetValue(Job.Quarantine) ?? settings.Quarantine,
            MaxBad = parsed.GetValue(Job.MaxBad) is { } most
                ? BadRows.Parse(most)
                    ?? throw Invalid($"'{most}' is neither a number of rows nor a share such as 0.1%.")
                : settings.MaxBad,
            Log = parsed.GetValue(Job.Log) ?? settings.Log,
            Shard = parsed.GetValue(Job.Shard) is { } shard
                ? Shard.Parse(shard)
                    ?? throw Invalid($"'{shard}' is no shard such as 2/8, the third of eight: the first is 0.")
                : settings.Shard,
            Run = parsed.GetValue(Job.Run),
            Threads = parsed.GetValue(Job.Threads) ?? settings.Threads,
            Memory = parsed.GetValue(Job.Memory) ?? settings.Memory,
            Spill = parsed.GetValue(Job.Spill) ?? settings.Spill,
            Overwrite = parsed.GetValue(Job.Overwrite) || settings.Overwrite,
            Append = parsed.GetValue(Job.Append) || settings.Append,
        };
        return string.IsNullOrEmpty(options.Input)
            ? throw Invalid("Say what is read with --input; the project of a job may say it in appsettings.json.")
            : string.IsNullOrEmpty(options.Output)
            ? throw Invalid("Say what is written with --output; the project of a job may say it in appsettings.json.")
            : options is { MaxBad: not null, Quarantine: null }
            ? throw Invalid("--max-bad says how many rows may go to --quarantine, and there is none. Name its file.")
            : options is { Append: true, Overwrite: true } ? throw Invalid("Say --append or --overwrite, and not both.")
            : options.Run is { Length: 0 } ? throw Invalid("--run names no run.")
            : settings.Run is not null
            ? throw Invalid("'Run' in appsettings.json would call all runs alike: name each with --run.")
            : options.Answer.Length == 0 ? throw Invalid("--answer names no column.")
            : options.Spill is { Length: 0 } ? throw Invalid("--spill names no folder.")
            : options.Memory < 64
            ? throw Invalid("'Memory' in appsettings.json is a number of megabytes from 64 on.")
            : options.Threads < 0
            ? throw Invalid($"'Threads' in appsettings.json is a number from 0 on, which is one for each processor.")
            : options.RowsPerPart < 1 ? throw Invalid("'RowsPerPart' in appsettings.json is a number from 1 on.")
            : options;
    }

    /// <summary>Which columns are what, as arguments and settings say it.</summary>
    /// <exception cref="EnvelopeException">It cannot be so.</exception>
    public static BatchOptions OfColumns(ParseResult parsed, JobArguments job, BatchOptions settings) => settings with
    {
        Query = parsed.GetValue(job.Query) ?? settings.Query,
        Map = parsed.GetValue(job.Map) is { Length: > 0 } map ? Pairs(map)
            : settings.Map ?? new Dictionary<string, string>(), // settings may say null
        Key = [.. (parsed.GetValue(job.Key) is { Length: > 0 } key ? key : settings.Key ?? []).Distinct()],
        Answer = parsed.GetValue(job.Answer) ?? settings.Answer ?? BatchOptions.DefaultAnswer,
    };

    private static Dictionary<string, string> Pairs(string[] words)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || at == word.Length - 1 || !pairs.TryAdd(word[..at], word[(at + 1)..]))
            {
                throw Invalid($"--map '{word}' is no PARAMETER=COLUMN, or its parameter is there twice.");
            }
        }

        return pairs;
    }

    private static EnvelopeException Invalid(string message) => new(EnvelopeError.Invalid, message);
}
