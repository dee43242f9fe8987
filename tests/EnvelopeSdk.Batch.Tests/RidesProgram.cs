using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>A job as a program of its own, which can be killed: the directory of its envelope, then what a job takes.</summary>
internal static class RidesProgram
{
    public static Task<int> Main(string[] arguments) => BatchCommand.RunAsync(
        async cancellation => await ServedModel.OpenAsync(
            new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(arguments[0], cancellation), cancellation),
        Path.Combine(arguments[0], "..", "appsettings.json"), arguments[1..]);
}
