using System.CommandLine;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope rule</c>: which envelopes a configuration takes by itself.</summary>
internal static class RuleCommand
{
    public static Command Create() => new(
        "rule", "The rules of a registry: which envelopes are deployed by themselves.")
    {
        CreateList(), CreateSet(), CreateRemove(), CreateDryRun(),
    };

    private static ToolCommand CreateList()
    {
        var configuration = new Argument<string?>("configuration")
        {
            Description = "The configuration; all if absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new ToolCommand(
            "list", "Lists the rules.", "envelope rule list", "envelope rule list diamond-price")
        {
            configuration, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var registry = Registry;
            string[] names = parsed.GetValue(configuration) is { } name
                ? [(await registry.ReadConfigurationAsync(name, cancellation)).Name]
                : [.. (await registry.ListConfigurationsAsync(cancellation)).Select(one => one.Name)];
            var all = new List<DeploymentRule>();
            foreach (var one in names)
            {
                all.AddRange(await registry.ListRulesAsync(one, cancellation));
            }

            Answer.Write(
                parsed, new() { ["rules"] = JsonParts.Array(all, DeploymentJson.Of) },
                all.Count == 0 ? "There is no rule." : string.Join('\n', all.Select(Text)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateSet()
    {
        var (configuration, name, options) = (DeploymentCommand.Configuration(), Name(), new RuleOptions());
        var command = new ToolCommand(
            "set", "Makes a rule, or one in its place: the newest envelope that fits is deployed by itself.",
            "envelope rule set diamond-price newest --tag team=pricing --metric 'r2>0.9' --name diamond-price --by ci")
        {
            configuration, name, Answer.Json,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var rule = await Registry.SetRuleAsync(
                parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(name), options.Read(parsed),
                cancellation);
            Answer.Write(parsed, DeploymentJson.Of(rule), Text(rule));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateRemove()
    {
        var (configuration, name) = (DeploymentCommand.Configuration(), Name());
        var command = new ToolCommand(
            "remove", "Removes a rule. What it has deployed goes on.", "envelope rule remove diamond-price newest")
        {
            configuration, name,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await Registry.RemoveRuleAsync(
                parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(name), cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateDryRun()
    {
        var (configuration, options) = (DeploymentCommand.Configuration(), new RuleOptions());
        var command = new ToolCommand(
            "dry-run", "Says what a rule would take now, and would have taken until now. Nothing is deployed.",
            "envelope rule dry-run diamond-price --tag team=pricing")
        {
            configuration, Answer.Json,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = await Registry.TryRuleAsync(
                parsed.GetRequiredValue(configuration), options.Read(parsed), cancellation);
            var now = $"{run.Now.Action}  {run.Now.Envelope ?? "no envelope"}\n  {Texts.PlainLines(run.Now.Reason)}";
            Answer.Write(
                parsed, DeploymentJson.Of(run),
                string.Join('\n', run.History.Select(one => $"{Texts.Time(one.Time)}  {one.Envelope}").Append(now)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Text(DeploymentRule one)
    {
        var settings = one.Settings;
        string?[] takes =
        [
            settings.Name ?? "any name", .. settings.Tags.Select(tag => $"{tag.Key}={tag.Value}"), .. settings.Metrics,
            settings.By is null ? null : "by " + string.Join(" or ", settings.By),
        ];
        return Texts.Plain(
            $"{one.Configuration}  {one.Name}  {string.Join("  ", takes.OfType<string>())}; set "
            + $"{Texts.Time(one.Changed)} by {one.ChangedBy}");
    }

    private static Argument<string> Name() => new("name") { Description = "The rule's name." };

    private static EnvelopeRegistry Registry => StoreInUse.OpenRegistry("deploys nothing");
}
