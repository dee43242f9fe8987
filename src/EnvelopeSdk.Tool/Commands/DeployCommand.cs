using System.CommandLine;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Deploying;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope deploy</c>: lets a registry run an envelope as a service.</summary>
internal static class DeployCommand
{
    private static readonly Argument<string?> Envelope = new("envelope")
    {
        Description = "A name (the newest envelope of it), or name@sha256:..., in the registry that ENVELOPE_HOME "
            + "names.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "envelope",
        CompletionSources = { Offers.Names },
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "The configuration, which is made if it is not there; if absent, that of the envelope's name.",
    };

    private static readonly Option<bool> All = new("--all") { Description = "With --platform: all that is live." };

    private static readonly Option<bool> Platform = new("--platform")
    {
        Description = "With --all: what is live with another version of the platform, or of its configuration, than "
            + "holds now is deployed again.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "With --output yaml: deploy nothing, and write what a cluster is given to run it.",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "With --dry-run: yaml, for kubectl apply -f -.",
    };

    /// <summary>The option of commands that follow a deployment.</summary>
    public static Option<bool> NoWait { get; } = new("--no-wait")
    {
        Description = "Do not wait until it is live.",
    };

    public static Command Create()
    {
        var command = new ToolCommand(
            "deploy",
            "Deploys an envelope in a registry, and waits until it is live.",
            "envelope deploy diamond-price",
            "envelope deploy diamond-price --to pricing --no-wait --json",
            "envelope deploy --all --platform",
            "envelope deploy diamond-price --dry-run -o yaml")
        {
            Envelope, To, All, Platform, NoWait, DryRun, Output, Answer.Json,
        };
        command.Validators.Add(result =>
        {
            var (all, platform) = (result.GetValue(All), result.GetValue(Platform));
            var hasOne = result.GetResult(Envelope) is { Tokens.Count: > 0 };
            if (all != platform || all == hasOne || (all && result.GetValue(To) is not null))
            {
                result.AddError(
                    "Name an envelope, or give --all and --platform, and then neither an envelope nor --to.");
            }
        });
        Output.AcceptOnlyFromAmong("yaml");
        command.Validators.Add(result =>
        {
            var isDry = result.GetValue(DryRun);
            if (isDry != (result.GetResult(Output) is { Implicit: false }) || (isDry && result.GetValue(All)))
            {
                result.AddError("--dry-run and --output yaml go together, with an envelope.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var registry = StoreInUse.OpenRegistry("deploys nothing");
            return parsed.GetValue(DryRun) ? WriteAsync(parsed, registry, cancellation)
                : parsed.GetValue(All)
                ? new PlatformRenewal(registry, parsed, !parsed.GetValue(NoWait)).RunAsync(cancellation)
                : DeployAsync(parsed, registry, cancellation);
        });
        return command;
    }

    /// <summary>Writes what a cluster is given.</summary>
    private static async Task<int> WriteAsync(
        ParseResult parsed, EnvelopeRegistry registry, CancellationToken cancellation)
    {
        var found = await Arguments.FindAsync(parsed.GetValue(Envelope)!, registry.Store, cancellation);
        var envelope = found.Content.Reference;
        Console.Out.Write(await registry.ReadManifestsAsync(
            parsed.GetValue(To) ?? envelope.Name, envelope.ToString(), cancellation));
        return ExitCodes.Done;
    }

    private static async Task<int> DeployAsync(
        ParseResult parsed, EnvelopeRegistry registry, CancellationToken cancellation)
    {
        var found = await Arguments.FindAsync(parsed.GetValue(Envelope)!, registry.Store, cancellation);
        var envelope = found.Content.Reference;
        var configuration = await ConfigurationAsync(
            parsed, registry, parsed.GetValue(To) ?? envelope.Name, cancellation);
        var made = await registry.DeployAsync(configuration.Name, envelope.ToString(), cancellation);
        return await EndAsync(parsed, registry, made, configuration.Url, cancellation);
    }

    /// <summary>Follows a deployment, and answers with its address.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="EnvelopeException">It did not become live.</exception>
    public static async Task<int> EndAsync(
        ParseResult parsed, EnvelopeRegistry registry, Deployment made, string url, CancellationToken cancellation)
    {
        if (parsed.GetValue(NoWait))
        {
            var asked = await registry.ReadDeploymentAsync(made.Configuration, made.Id, cancellation);
            Answer.Write(parsed, Json(asked, url), DeploymentText.Of(asked.Deployment));
            return ExitCodes.Done;
        }

        var end = await new DeploymentWatch(registry, parsed).FollowAsync(made, cancellation);
        if (DeploymentWatch.IsWaiting(end))
        {
            Answer.Write(parsed, Json(end, url), DeploymentWatch.ApprovalOf(made));
        }
        else if (DeploymentWatch.IsLive(end))
        {
            Answer.Write(parsed, Json(end, url), url);
        }
        else
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, DeploymentWatch.FailureOf(end.Deployment));
        }

        return ExitCodes.Done;
    }

    public static System.Text.Json.Nodes.JsonObject Json(DeploymentHistory history, string url)
    {
        var json = DeploymentJson.Of(history);
        json["url"] = url;
        return json;
    }

    /// <summary>The configuration of a name, made where it is not there.</summary>
    private static async Task<DeploymentConfiguration> ConfigurationAsync(
        ParseResult parsed, EnvelopeRegistry registry, string name, CancellationToken cancellation)
    {
        try
        {
            return await registry.ReadConfigurationAsync(name, cancellation);
        }
        catch (EnvelopeException missing) when (missing.Error == EnvelopeError.NotFound)
        {
            var made = await registry.SetConfigurationAsync(name, new(), cancellation);
            Answer.Note(
                parsed,
                $"The configuration '{name}' was not there, and is made with the usual settings. 'envelope "
                + $"configuration set {name}' changes them.");
            return made;
        }
    }
}
