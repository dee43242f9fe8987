using System.CommandLine;
using EnvelopeSdk.Tool.Output;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope quickstart</c>: the whole way, from training to a rollback.</summary>
internal static class QuickstartCommand
{
    public static Command Create()
    {
        var exit = new Option<bool>("--exit")
        {
            Description = "End after the last step instead of serving until Ctrl-C.",
        };
        var directory = new Option<string?>("--directory")
        {
            Description = "Work in this new directory and keep it; a scratch directory that is removed at the end if "
                + "absent.",
        };
        var source = new Option<string?>("--source")
        {
            Description = "Take the EnvelopeSdk packages from this directory; those packed from the source tree around "
                + "if absent.",
        };
        var command = new ToolCommand(
            "quickstart",
            "Trains a model, makes a service of it and calls that; then lets a registry deploy a better one, and rolls "
                + "back.",
            "envelope quickstart --exit")
        {
            exit,
            directory,
            source,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var workspace = Workspace.Create(parsed.GetValue(directory), parsed.GetValue(source));
            return await new QuickstartRun(workspace, StepDisplay.Create())
                .RunAsync(parsed.GetValue(exit), cancellation);
        });
        return command;
    }
}
