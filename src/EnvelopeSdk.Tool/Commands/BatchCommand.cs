using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Registry.Runtimes;
using EnvelopeSdk.Tool.Batch;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope batch</c>: answers the rows of a table.</summary>
internal static class BatchCommand
{
    private const int Terminate = 15; // SIGTERM, on each Unix

    private static readonly JobArguments Job = new();
    private static readonly NamedEnvelope Named = new();

    public static Command Create()
    {
        var command = new ToolCommand(
            "batch",
            "Answers the rows of a table with the model of an envelope.",
            "envelope batch diamond-price --input 'diamonds/*.parquet' --output prices.parquet",
            "envelope batch diamond-price -i warehouse.duckdb#diamonds -o warehouse.duckdb#prices --append",
            "envelope batch --tag team=pricing -i rows.csv -o prices.csv --quarantine bad.csv --max-bad 0.1%")
        {
            Answer.Json,
        };
        Named.AddTo(command);
        Job.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var envelope = await Named.OpenAsync(parsed, cancellation);
            var program = await JobBuilder.EnsureAsync(
                envelope, Job.Places(parsed), note => Answer.Note(parsed, note), cancellation);
            string[] json = Answer.IsJson(parsed) ? ["--json"] : [];
            return await RunAsync([program, .. Job.Words(parsed), .. json], cancellation);
        });
        return command;
    }

    /// <summary>
    /// Runs a job with the terminal of this process: Ctrl-C reaches it, and it ends as it wants to. What asks this
    /// process alone to end is handed on, so that no job goes on that nobody waits for.
    /// </summary>
    private static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var ending = new CancellationTokenSource(); // not disposed of: a signal may come at the very end
        using var watched = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, asked =>
            {
                asked.Cancel = true; // this process ends when the job has
                ending.Cancel();
            });
        cancellationToken.ThrowIfCancellationRequested(); // it was asked before the signal was watched for here
        using var job = Process.Start(new ProcessStartInfo(DotnetHost.Path, ["exec", .. arguments])
        {
            Environment = { [StartedBy.Variable] = $"{Environment.ProcessId}" },
        })!;
        using var handedOn = ending.Token.Register(() => _ = Signal(job.Id, Terminate)); // it may have ended already
        await job.WaitForExitAsync(CancellationToken.None);
        EnsureNotKilled(job.ExitCode);
        return job.ExitCode;
    }

    /// <summary>A job that is killed says nothing itself; one that ends otherwise has said why.</summary>
    /// <exception cref="EnvelopeException">It was killed.</exception>
    private static void EnsureNotKilled(int code)
    {
        const int Signals = 128; // what is added to their numbers, as shells do
        const int Killed = 9;
        const int BusError = 7;
        const int SegmentationFault = 11;
        if (code - Signals is Killed or BusError or SegmentationFault)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The job was ended by the signal {code - Signals}"
                + (code == Signals + Killed ? ", as the system does where memory is short" : "")
                + ". Give the same command again: it goes on behind the parts that are finished.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
