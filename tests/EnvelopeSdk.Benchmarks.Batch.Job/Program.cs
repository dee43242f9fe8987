using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Benchmarks.Batch;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

// ENVELOPE INPUT OUTPUT
var code = await BatchCommand.RunAsync(
    async cancellation => await ServedModel.OpenAsync(
        new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(args[0], cancellation), cancellation),
    "no settings", ["--input", args[1], "--output", args[2], "--overwrite"]);
Console.WriteLine(OwnCost.Text());
return code;
