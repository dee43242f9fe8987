using System.CommandLine;
using EnvelopeSdk;
using EnvelopeSdk.Tool.Commands;

var root = new RootCommand("Works with model envelopes.")
{
    ListCommand.Create(),
    ShowCommand.Create(),
    VerifyCommand.Create(),
    DiffCommand.Create(),
    ExportCommand.Create(),
    ImportCommand.Create(),
    QuickstartCommand.Create(),
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30), // after Ctrl-C: the quick start ends its service and removes its directory
    });
}
catch (EnvelopeException failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
