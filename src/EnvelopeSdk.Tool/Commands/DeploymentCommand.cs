using System.CommandLine;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope deployment</c>: the deployments of a configuration, and what becomes of them.</summary>
internal static class DeploymentCommand
{
    private static readonly Argument<long> Id = WholeNumber.Argument<long>("id", "The deployment, by its number.");

    public static Command Create() => new(
        "deployment", "Shows the deployments of a configuration of a registry, and decides about them.")
    {
        CreateList(),
        CreateShow(),
        CreateLog(),
        CreateChange(
            "approve", "Lets a deployment go on that waits for approval.",
            (registry, name, id, stop) => registry.ApproveAsync(name, id, stop)),
        CreateChange(
            "reject", "Ends a deployment that waits for approval.",
            (registry, name, id, stop) => registry.RejectAsync(name, id, stop)),
        CreateChange(
            "cancel", "Stops a deployment before it has got all requests.",
            (registry, name, id, stop) => registry.CancelAsync(name, id, stop)),
        CreateChange(
            "promote", "Lets a canary get all requests now.",
            (registry, name, id, stop) => registry.PromoteAsync(name, id, stop)),
        CreateServed(),
    };

    public static Argument<string> Configuration() => new("configuration")
    {
        Description = "The configuration, as 'envelope configuration list' has it.",
    };

    private static ToolCommand CreateList()
    {
        var configuration = Configuration();
        var limit = WholeNumber.Option<int>("--limit", "How many at most.", least: 1, usual: 50);
        var before = WholeNumber.Option<long>("--before", "Only those before this one, by its number.");
        var command = new ToolCommand(
            "list", "Lists the deployments of a configuration, the latest first.",
            "envelope deployment list diamond-price --limit 10")
        {
            configuration, limit, before, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var all = await Registry.ListDeploymentsAsync(
                parsed.GetRequiredValue(configuration), parsed.GetValue(before), parsed.GetValue(limit)!.Value,
                cancellation);
            Answer.Write(
                parsed, new() { ["deployments"] = JsonParts.Array(all, DeploymentJson.Of) },
                all.Count == 0 ? "There is no deployment." : string.Join('\n', all.Select(DeploymentText.Of)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateShow()
    {
        var configuration = Configuration();
        var command = new ToolCommand(
            "show", "Shows a deployment with all that it came to.", "envelope deployment show diamond-price 7")
        {
            configuration, Id, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var one = await Registry.ReadDeploymentAsync(
                parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(Id), cancellation);
            Answer.Write(
                parsed, DeploymentJson.Of(one),
                string.Join('\n', one.Steps.Select(DeploymentText.Of).Prepend(DeploymentText.Of(one.Deployment))));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateLog()
    {
        var configuration = Configuration();
        var command = new ToolCommand(
            "log", "Prints the last lines that the processes of a deployment wrote.",
            "envelope deployment log diamond-price 7")
        {
            configuration, Id, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var log = await Registry.ReadDeploymentLogAsync(
                parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(Id), cancellation);
            Answer.Write(parsed, new() { ["log"] = log }, Texts.PlainLines(log.TrimEnd('\n')));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateChange(
        string name, string description,
        Func<EnvelopeRegistry, string, long, CancellationToken, Task<Deployment>> change)
    {
        var configuration = Configuration();
        var command = new ToolCommand(name, description, $"envelope deployment {name} diamond-price 7")
        {
            configuration, Id, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var one = await change(
                Registry, parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(Id), cancellation);
            Answer.Write(parsed, DeploymentJson.Of(one), DeploymentText.Of(one));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateServed()
    {
        var configuration = Configuration();
        var time = new Argument<string>("time")
        {
            Description = "2026-05-03T14:00Z, 2026-05-03, or 7d, 12h, 30m ago.",
        };
        var command = new ToolCommand(
            "served", "Says what ran on a configuration at a time.",
            "envelope deployment served diamond-price 2026-05-03T14:00Z")
        {
            configuration, time, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var at = QueryText.Parse([new("until", parsed.GetRequiredValue(time))]).Until!.Value;
            var one = await Registry.ReadServedAsync(parsed.GetRequiredValue(configuration), at, cancellation);
            Answer.Write(parsed, DeploymentJson.Of(one), DeploymentText.Of(one));
            return ExitCodes.Done;
        });
        return command;
    }

    private static EnvelopeRegistry Registry => StoreInUse.OpenRegistry("deploys nothing");
}
