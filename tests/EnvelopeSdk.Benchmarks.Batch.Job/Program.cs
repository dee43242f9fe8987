using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Benchmarks.Batch;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

// ENVELOPE INPUT OUTPUT, or ENVELOPE worker from standard input to standard output
async Task<ServedModel> OpenAsync(CancellationToken cancellation) => await ServedModel.OpenAsync(
    new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(args[0], cancellation), cancellation);

if (args is [_, "worker"])
{
    var answered = await WorkerCommand.RunAsync(OpenAsync, []);
    Console.Error.WriteLine(OwnCost.Text());
    return answered;
}

var code = await BatchCommand.RunAsync(
    OpenAsync, "no settings", ["--input", args[1], "--output", args[2], "--overwrite"]);
Console.WriteLine(OwnCost.Text());
return code;
