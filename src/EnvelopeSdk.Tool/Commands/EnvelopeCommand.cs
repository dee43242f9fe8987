using System.CommandLine;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope</c>: all commands.</summary>
internal static class EnvelopeCommand
{
    public static RootCommand Create()
    {
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
            LoginCommand.Create(),
            LoginCommand.CreateLogout(),
            RegistryCommand.Create(),
            GatewayCommand.Create(),
            WatchCommand.Create(),
            DeployCommand.Create(),
            RollbackCommand.Create(),
            DeploymentCommand.Create(),
            ConfigurationCommand.Create(),
            RuleCommand.Create(),
            BatchCommand.Create(),
            WorkerCommand.Create(),
            QuickstartCommand.Create(),
            CompletionCommand.Create(),
        };
        ExampleHelp.AddTo(root);
        SuggestAction.AddTo(root);
        return root;
    }
}
