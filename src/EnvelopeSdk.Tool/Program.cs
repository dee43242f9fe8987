using System.CommandLine;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Output;

var root = EnvelopeCommand.Create();
var parsed = root.Parse(args, JobArguments.AsTheyAre);
if (parsed.Errors.Count > 0 && Answer.IsJson(parsed))
{
    return Answer.FailUsage(parsed); // no help on standard output, where a program reads
}

try
{
    var code = await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // After Ctrl-C: the quick start ends its service and removes its directory, and a gateway waits half a minute
        // for requests that are under way.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(45),
    });
    return parsed.Errors.Count > 0 ? ExitCodes.Usage : code; // 1 has a meaning of its own
}
catch (Exception failure) when (ExitCodes.IsExpected(failure))
{
    return Answer.Fail(parsed, failure);
}
