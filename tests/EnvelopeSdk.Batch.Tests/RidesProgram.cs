using System.Diagnostics;
using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>
/// A job as a program of its own, which can be killed: the directory of its envelope, then what a job takes; or a worker
/// whose model prints, and starts a program that does.
/// </summary>
internal static class RidesProgram
{
    public const string PrintingWorker = "printing-worker";

    public static Task<int> Main(string[] arguments) => arguments is [var envelope, PrintingWorker, .. var options]
        ? WorkerCommand.RunAsync(cancellation => OpenPrintingAsync(envelope, cancellation), options)
        : BatchCommand.RunAsync(
            cancellation => OpenAsync(arguments[0], cancellation), Path.Combine(arguments[0], "..", "appsettings.json"),
            arguments[1..]);

    private static async Task<ServedModel> OpenAsync(string envelope, CancellationToken cancellationToken) =>
        await ServedModel.OpenAsync(
            new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(envelope, cancellationToken), cancellationToken);

    private static async Task<ServedModel> OpenPrintingAsync(string envelope, CancellationToken cancellationToken)
    {
        Console.WriteLine("said by the model");
        using var program = Process.Start("echo", "said by a program");
        await program.WaitForExitAsync(cancellationToken);
        return await OpenAsync(envelope, cancellationToken);
    }
}
