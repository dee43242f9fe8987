using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Rules;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Brings a run a step on: it finds its envelope, builds the job, starts it, and takes what it says.</summary>
internal sealed class RunSteps(
    BatchStore batches, RunStore runs, IEnvelopeStore store, RuleEvaluation rules, ServiceBuilder builder,
    EnginePlace place, DeployingOptions options, TimeProvider clock)
{
    /// <summary>Runs the job, and notes how it ended. Its arguments: code file, result file, program...</summary>
    private const string Script =
        """
        code="$1"; result="$2"; shift 2
        "$@" > "$result" & job=$!
        trap 'kill -TERM $job' TERM
        while :; do wait $job; ended=$?; kill -0 $job 2> /dev/null || break; done
        echo $ended > "$code.partial"; mv "$code.partial" "$code"
        """;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    public async Task RunAsync(RunRow row, CancellationToken cancellationToken)
    {
        var settings = await batches.SettingsAsync(row.Shown.Batch, row.Shown.Version, cancellationToken);
        try
        {
            await (row.Shown.State switch
            {
                BatchRunState.Running => WatchAsync(row, settings, cancellationToken),
                _ when row.Stop is { } who => EndAsync(row, BatchRunState.Cancelled, $"By {who}.", cancellationToken),
                BatchRunState.Building => BuildAsync(row, cancellationToken),
                _ => row.NextAttempt <= clock.GetUtcNow() ? BeginAsync(row, settings, cancellationToken) : Task.CompletedTask,
            });
        }
        catch (JsonException)
        {
            await EndAsync(
                row, BatchRunState.Failed, "The job ended well, and its counts cannot be read. Look at its output.",
                cancellationToken);
        }
        catch (EnvelopeException failure) when (failure.Error != EnvelopeError.Unavailable)
        {
            await EndAsync(row, BatchRunState.Failed, failure.Message.Split('\n')[0], cancellationToken);
        }
    }

    private async Task BeginAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var (one, now) = (row.Shown, clock.GetUtcNow());
        if (one.Name is null)
        {
            var envelope = await ResolveAsync(settings, cancellationToken);
            string? Of(string? path) => path?
                .Replace("{date}", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{time}", now.ToString("HHmmss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{run}", one.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            one = one with
            {
                Name = envelope.Name, Digest = envelope.Digest.ToString(), Started = now, Output = Of(settings.Output),
                Quarantine = Of(settings.Quarantine), Log = Of(settings.Log),
            };
        }

        await runs.MoveAsync(
            row.Shown, one with { State = BatchRunState.Building, Reason = null }, null, cancellationToken);
    }

    private async Task<EnvelopeReference> ResolveAsync(BatchSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Rule is { } rule)
        {
            return await rules.FindAsync(rule, cancellationToken) ?? throw new EnvelopeException(
                EnvelopeError.NotFound, "No envelope fits the rule. Save or tag one that does, and run it again.");
        }

        var (name, digest) = Named.Envelope(settings.Envelope!);
        return (await store.OpenAsync(name, digest, cancellationToken)).Reference;
    }

    private async Task BuildAsync(RunRow row, CancellationToken cancellationToken)
    {
        await builder.EnsureAsync(KeyOf(row.Shown), cancellationToken);
        await runs.MoveAsync(
            row.Shown, row.Shown with { State = BatchRunState.Running, Attempt = row.Shown.Attempt + 1 }, null,
            cancellationToken);
    }

    private async Task WatchAsync(RunRow row, BatchSettings settings, CancellationToken cancellationToken)
    {
        var one = row.Shown;
        var folder = place.RunOf(one.Id, one.Attempt);
        var process = new DetachedProcess(folder, folder + Path.DirectorySeparatorChar);
        if (process.IsRunning is null)
        {
            await StartAsync(process, folder, one, settings, cancellationToken);
            return;
        }

        var isLate = settings.TimeoutMinutes is { } most && clock.GetUtcNow() - row.Since > TimeSpan.FromMinutes(most);
        if (process.IsRunning == true)
        {
            if (row.Stop is null && !isLate)
            {
                return;
            }

            await process.StopAsync(StopPatience, cancellationToken);
        }

        var code = Read(Path.Combine(folder, "code")).Trim();
        if (code == "0")
        {
            await SucceedAsync(row, Read(Path.Combine(folder, "result")), cancellationToken);
        }
        else if (row.Stop is not null || (code == "130" && !isLate))
        {
            await EndAsync(
                row, BatchRunState.Cancelled, row.Stop is { } who ? $"By {who}." : "The job was interrupted.",
                cancellationToken);
        }
        else
        {
            var reason = isLate ? $"It took longer than {settings.TimeoutMinutes} minutes."
                : LogFiles.End(process.LogFile, 1) is { Length: > 0 } said ? said
                : code.Length > 0 ? $"The job ended with {code}." : "The job was killed.";
            await FailAsync(row, settings, reason, cancellationToken);
        }
    }

    private Task FailAsync(RunRow row, BatchSettings settings, string reason, CancellationToken cancellationToken) =>
        row.Shown.Attempt <= settings.Retries
            ? runs.MoveAsync(
                row.Shown, row.Shown with { State = BatchRunState.Waiting, Reason = reason },
                clock.GetUtcNow().AddSeconds(settings.RetrySeconds), cancellationToken)
            : EndAsync(row, BatchRunState.Failed, reason, cancellationToken);

    private Task SucceedAsync(RunRow row, string result, CancellationToken cancellationToken)
    {
        using var said = JsonDocument.Parse(result);
        long? Number(string name) => said.RootElement.TryGetProperty(name, out var value) ? value.GetInt64() : null;
        var bad = Number("bad");
        return runs.MoveAsync(
            row.Shown,
            row.Shown with
            {
                State = BatchRunState.Succeeded, Reason = null, Ended = clock.GetUtcNow(), Rows = Number("rows"), Bad = bad,
                Quarantine = bad > 0 ? row.Shown.Quarantine : null,
            },
            null, cancellationToken);
    }

    private Task EndAsync(RunRow row, string state, string reason, CancellationToken cancellationToken) =>
        runs.MoveAsync(
            row.Shown, row.Shown with { State = state, Reason = reason, Ended = clock.GetUtcNow() }, null,
            cancellationToken);

    private async Task StartAsync(
        DetachedProcess process, string folder, BatchRun one, BatchSettings settings, CancellationToken cancellationToken)
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

        environment["HOME"] = place.MakeHome($"run-{one.Id}");
        var build = builder.FolderOf(KeyOf(one));
        string[] job = [DotnetHost.Path, "exec", Path.Combine(build, KeyOf(one).Assembly), .. WordsOf(one, settings)];
        await process.StartAsync(
            [
                "sh", "-c", Script, "sh", Path.Combine(folder, "code"), Path.Combine(folder, "result"),
                .. place.User?.Command(job) ?? job,
            ],
            build, environment, cancellationToken);
    }

    /// <summary>What is there is replaced by the first attempt, and others go on behind what it finished.</summary>
    private static IEnumerable<string> WordsOf(BatchRun one, BatchSettings settings)
    {
        static string[] Of(string option, object? value) => value is null ? [] : [$"{option}={value}"];
        return
        [
            "--json", $"--input={settings.Input}", .. Of("--output", one.Output), .. Of("--query", settings.Query),
            .. settings.Map.SelectMany(map => Of("--map", $"{map.Key}={map.Value}")),
            .. settings.Key.SelectMany(key => Of("--key", key)), .. Of("--answer", settings.Answer),
            .. Of("--quarantine", one.Quarantine), .. Of("--max-bad", settings.MaxBad), .. Of("--log", one.Log),
            .. Of("--threads", settings.Threads), .. Of("--memory", settings.MemoryMegabytes),
            .. one.Attempt == 1 ? (string[])["--overwrite"] : [],
        ];
    }

    private BuildKey KeyOf(BatchRun one) =>
        new(new(one.Name!, Named.Digest(one.Digest!)), options.Platform, null, IsJob: true);

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
