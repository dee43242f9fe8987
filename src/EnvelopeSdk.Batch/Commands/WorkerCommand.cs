using System.CommandLine;
using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>The command line of a worker.</summary>
internal static class WorkerCommand
{
    private const int BufferSize = 1 << 20;

    private static readonly JobArguments Job = new();

    private static readonly Option<bool> KeepBad = new("--keep-bad")
    {
        Description = "Keep rows that cannot be answered, with 'fault_column' and 'fault_reason'; else the first ends "
            + "it.",
    };

    private static readonly Option<bool> Schema = new("--schema")
    {
        Description = "Write the schema of the output alone.",
    };

    private static readonly Option<bool> Signed = new("--signed")
    {
        Description = "Write answers that are integers without a sign as wider ones with one, and those of 64 bits as "
            + "decimals: for Spark, which has no others.",
    };

    /// <summary>Answers the stream on the standard input on the standard output.</summary>
    /// <param name="open">Opens the model.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<ServedModel>> open, string[] arguments)
    {
        var command = new RootCommand(
            "Answers the rows of an Arrow stream on standard input, on standard output, with the model of an envelope.")
        {
            KeepBad, Schema, Signed,
        };
        Job.AddColumnsTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = BatchCommand.OfColumns(parsed, Job, new());
            await using var output = new BufferedStream(WorkerOutput.Take(), BufferSize);
            var worker = new ArrowWorker(
                await open(cancellation), options, parsed.GetValue(KeepBad), parsed.GetValue(Signed));
            await using var input = new BufferedStream(Console.OpenStandardInput(), BufferSize);
            await worker.RunAsync(input, output, parsed.GetValue(Schema), cancellation);
            return JobOutput.Done;
        });
        var asked = command.Parse(arguments, JobArguments.AsTheyAre);
        try
        {
            var code = await asked.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
            return asked.Errors.Count > 0 ? JobOutput.Usage : code;
        }
        catch (Exception failure) when (JobOutput.IsExpected(failure))
        {
            return JobOutput.Fail(failure, isJson: false);
        }
    }
}
