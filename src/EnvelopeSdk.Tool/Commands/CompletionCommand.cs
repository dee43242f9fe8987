using System.CommandLine;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope completion</c>: the script that lets a shell complete commands.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "The shell that reads it." };
        shell.AcceptOnlyFromAmong([.. ShellScripts.All.Keys]);
        var command = new ToolCommand(
            "completion",
            "Prints the script that lets a shell complete commands, options, and names in the store.",
            "envelope completion bash >> ~/.bashrc",
            "envelope completion zsh >> ~/.zshrc",
            "envelope completion fish > ~/.config/fish/completions/envelope.fish",
            "envelope completion pwsh >> $PROFILE")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.WriteLine(ShellScripts.All[parsed.GetRequiredValue(shell)]);
            return ExitCodes.Done;
        });
        return command;
    }
}
