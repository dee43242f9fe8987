using System.CommandLine;
using EnvelopeSdk;
using EnvelopeSdk.Tool.Commands;

var root = new RootCommand("Works with model envelopes.")
{
    ListCommand.Create(),
    ShowCommand.Create(),
    DeleteCommand.Create(),
    DoctorCommand.Create(),
    GcCommand.Create(),
    TagCommand.Create(),
    MetricCommand.Create(),
    SignCommand.Create(),
    VerifyCommand.Create(),
    DiffCommand.Create(),
    SbomCommand.Create(),
    ExportCommand.Create(),
    ImportCommand.Create(),
    PushCommand.Create(),
    PullCommand.Create(),
    QuickstartCommand.Create(),
};

try
{
    var command = root.Parse(args);
    var code = await command.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // After Ctrl-C: the quick start ends its service and removes its directory.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
    return command.Errors.Count > 0 ? 2 : code; // 1 has a meaning of its own for some commands
}
catch (EnvelopeException failure)
{
    await Console.Error.WriteLineAsync("error: " + Texts.PlainLines(failure.Message));
    return 1;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
