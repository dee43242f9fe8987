using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope configuration</c>: how envelopes run that are deployed.</summary>
internal static class ConfigurationCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create() => new(
        "configuration", "The configurations of a registry: how envelopes run that are deployed.")
    {
        CreateList(), CreateShow(), CreateSet(), CreateRemove(),
    };

    private static ToolCommand CreateList()
    {
        var command = new ToolCommand(
            "list", "Lists the configurations, with what runs and what is under way.", "envelope configuration list")
        {
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var all = await Registry.ListConfigurationsAsync(cancellation);
            Answer.Write(
                parsed, new() { ["configurations"] = JsonParts.Array(all, DeploymentJson.Of) },
                all.Count == 0 ? "There is no configuration." : string.Join('\n', all.Select(Text)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateShow()
    {
        var name = Name();
        var command = new ToolCommand(
            "show", "Shows a configuration with its settings, in the form that 'set' reads from a file.",
            "envelope configuration show diamond-price")
        {
            name, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var one = await Registry.ReadConfigurationAsync(parsed.GetRequiredValue(name), cancellation);
            Write(parsed, one);
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateSet()
    {
        var (name, options) = (Name(), new SettingsOptions());
        var command = new ToolCommand(
            "set",
            "Makes a configuration, or changes it. What runs stays as it is until it is deployed again.",
            "envelope configuration set diamond-price --replicas 2 --canary 10:60,50:60 --metric r2:higher:0.01",
            "envelope configuration set diamond-price settings.json",
            "envelope configuration set diamond-price --env THREADS=4 --secret API_KEY=pricing-key --approval")
        {
            name, Answer.Json,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var registry = Registry;
            var asked = parsed.GetRequiredValue(name);
            var settings = await options.ReadAsync(
                parsed, () => CurrentAsync(registry, asked, cancellation), cancellation);
            Write(parsed, await registry.SetConfigurationAsync(asked, settings, cancellation));
            return ExitCodes.Done;
        });
        return command;
    }

    private static ToolCommand CreateRemove()
    {
        var name = Name();
        var command = new ToolCommand(
            "remove", "Takes a configuration away, with its rules and what runs.",
            "envelope configuration remove diamond-price")
        {
            name, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (registry, asked) = (Registry, parsed.GetRequiredValue(name));
            var removed = await registry.ReadConfigurationAsync(asked, cancellation);
            await registry.RemoveConfigurationAsync(asked, cancellation);
            Answer.Write(
                parsed, DeploymentJson.Of(removed),
                $"The configuration '{asked}' is removed, with its rules. "
                + (removed.Live is { } live
                    ? $"What ran, {DeploymentText.Envelope(live)}, is ended."
                    : "Nothing ran."));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What is there; else the usual settings.</summary>
    private static async Task<DeploymentSettings> CurrentAsync(
        EnvelopeRegistry registry, string name, CancellationToken cancellation)
    {
        try
        {
            return (await registry.ReadConfigurationAsync(name, cancellation)).Settings;
        }
        catch (EnvelopeException missing) when (missing.Error == EnvelopeError.NotFound)
        {
            return new();
        }
    }

    private static void Write(ParseResult parsed, DeploymentConfiguration one)
    {
        Answer.Note(parsed, Text(one));
        Answer.Write(parsed, DeploymentJson.Of(one), DeploymentJson.Of(one.Settings).ToJsonString(Indented));
    }

    private static string Text(DeploymentConfiguration one) => Texts.Plain(string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Name}  version {one.Version}, of {one.ChangedBy}, {Texts.Time(one.Changed)}  {one.Url}"))
        + "\n  live: " + (one.Live is null ? "nothing" : DeploymentText.Short(one.Live))
        + (one.Traffic is { } traffic ? "\n  " + DeploymentText.Of(traffic) : "")
        + (one.Active is null ? "" : "\n  under way: " + DeploymentText.Short(one.Active));

    private static Argument<string> Name() => new("name")
    {
        Description = "Its name, which is the first part of the path of its address.",
    };

    private static EnvelopeRegistry Registry => StoreInUse.OpenRegistry("deploys nothing");
}
