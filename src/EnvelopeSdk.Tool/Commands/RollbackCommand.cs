using System.CommandLine;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope rollback</c>: lets what ran before run again.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var configuration = DeploymentCommand.Configuration();
        var command = new ToolCommand(
            "rollback",
            "Lets what ran before run again, with its settings and its platform; or cancels what is under way.",
            "envelope rollback diamond-price")
        {
            configuration, DeployCommand.NoWait, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var registry = StoreInUse.OpenRegistry("deploys nothing");
            var name = parsed.GetRequiredValue(configuration);
            var url = (await registry.ReadConfigurationAsync(name, cancellation)).Url;
            var back = await registry.RollBackAsync(name, cancellation);
            if (back.State != DeploymentState.Live)
            {
                return await DeployCommand.EndAsync(parsed, registry, back, url, cancellation);
            }

            var running = await registry.ReadDeploymentAsync(name, back.Id, cancellation);
            Answer.Note(parsed, "What was under way is cancelled, and what ran goes on:\n" + DeploymentText.Of(back));
            Answer.Write(parsed, DeployCommand.Json(running, url), url);
            return ExitCodes.Done;
        });
        return command;
    }
}
