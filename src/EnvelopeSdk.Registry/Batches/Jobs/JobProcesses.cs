using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Batches.Jobs;

/// <summary>Jobs as processes of this machine.</summary>
internal sealed class JobProcesses(EnginePlace place, ServiceBuilder builder) : IJobRuntime
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

    /// <summary>With what the names of runs' homes begin.</summary>
    public const string Home = "run-";

    public string Name => BatchRuntime.Process;

    public string? PlaceOfFiles => null;

    /// <summary>The process in the folder of an attempt.</summary>
    public static DetachedProcess In(string folder) => new(folder, folder + Path.DirectorySeparatorChar);

    public void Check(BatchSettings settings)
    {
        // What can be on this machine at all, the check of all batches says.
    }

    public async Task StartAsync(JobStart start, CancellationToken cancellationToken)
    {
        var (folder, one, name, settings, build) = start;
        var environment = CleanEnvironment.Of(place.User);
        foreach (var (variable, value) in settings.Environment)
        {
            environment[variable] = value;
        }

        foreach (var (variable, secret) in settings.Secrets)
        {
            environment[variable] = place.Secrets.Read(one.Batch, secret);
        }

        var home = environment["HOME"] = place.MakeHome($"{Home}{one.Id}");
        string[] job =
        [
            DotnetHost.Path, "exec", Path.Combine(builder.FolderOf(build), build.Assembly),
            .. JobWords.Of(one, settings, name, home),
        ];
        await In(folder.Path).StartAsync(
            ["sh", "-c", Script, "sh", folder.CodeFile, folder.ResultFile, .. place.User?.Command(job) ?? job],
            home, environment, cancellationToken);
    }

    public Task<JobStatus?> FindAsync(AttemptFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(In(folder.Path).IsRunning is { } isRunning ? new JobStatus(isRunning) : null);

    public Task StopAsync(AttemptFolder folder, TimeSpan patience, CancellationToken cancellationToken) =>
        In(folder.Path).StopAsync(patience, cancellationToken);

    public void RotateLog(AttemptFolder folder)
    {
        LogFiles.Rotate(folder.LogFile);
        LogFiles.Rotate(folder.ResultFile);
    }

    public Task<string> LogEndAsync(AttemptFolder folder, int lines, CancellationToken cancellationToken) =>
        Task.FromResult(LogFiles.End(folder.LogFile, lines));
}
