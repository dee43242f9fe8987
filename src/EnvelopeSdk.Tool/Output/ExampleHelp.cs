using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EnvelopeSdk.Tool.Output;

/// <summary>The usual help, and below it the examples of a command, or the exit codes of all.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Lets the help of a command and of all below it end so.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ToolCommand { Examples: [_, ..] examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            foreach (var (number, meaning) in ExitCodes.All)
            {
                output.WriteLine($"  {number,-5}{meaning}");
            }

            output.WriteLine();
        }

        return code;
    }
}
