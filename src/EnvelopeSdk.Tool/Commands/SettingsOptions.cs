using System.CommandLine;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Tool.Deploying;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What <c>envelope configuration set</c> takes: a file for all settings, options for single ones.</summary>
internal sealed class SettingsOptions
{
    private readonly Argument<FileInfo?> _file = new("file")
    {
        Description = "All settings, as JSON; what it does not name is as usual. If absent, those that are there.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _runtime = new("--runtime")
    {
        Description = $"What runs the services: {string.Join(", ", ServiceRuntime.All)}.",
    };

    private readonly Option<string?> _baseImage = new("--base-image")
    {
        Description = "HOST/REPOSITORY:TAG: the image that those of services are put on; none: that of Microsoft.",
    };

    private readonly Option<bool?> _selfContained = new("--self-contained")
    {
        Description = "Images of services bring .NET; 'false': the image has it that they are put on.",
    };

    private readonly Option<int?> _replicas = WholeNumber.Option<int>(
        "--replicas", "How many processes share the requests, 1 to 64.");

    private readonly Option<string?> _canary = new("--canary")
    {
        Description = "10:60,50:60: 10 % of the requests for 60 seconds at least, then 50 %, before all; none: all "
            + "at once.",
    };

    private readonly Option<int?> _memory = WholeNumber.Option<int>(
        "--memory", "How many megabytes of memory each process may have; 0: as many as it wants.");

    private readonly Option<bool?> _approval = new("--approval")
    {
        Description = "Somebody else than who asks for a deployment has to approve it; 'false': nobody has to.",
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = "How far numbers in replayed answers may be from the recorded ones, as a share: 0, to the "
            + "bit, to 1.",
    };

    private readonly Option<string[]> _metrics = new("--metric")
    {
        Description = "r2:higher:0.01: a metric of which higher (lower) is better, and that may be worse than that of "
            + "what runs by 0.01; r2-: it may be what it is.",
    };

    private readonly Option<string[]> _keys = new("--signed-by")
    {
        Description = "A PEM file with a public key that must have signed an envelope; of several, any of them. They "
            + "take the place of those that are there; none: no signature is needed.",
    };

    private readonly Option<string[]> _environment = new("--env")
    {
        Description = "THREADS=4: a variable of the environment; THREADS- takes it away.",
    };

    private readonly Option<string[]> _secrets = new("--secret")
    {
        Description = "API_KEY=pricing-key: a variable, and the secret that it gets; API_KEY- takes it away.",
    };

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var one in (Option[])[
            _runtime, _baseImage, _selfContained, _replicas, _canary, _memory, _approval, _tolerance, _metrics, _keys,
            _environment, _secrets])
        {
            command.Add(one);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="current">Gives what is there.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EnvelopeException">An option or the file has another form.</exception>
    public async Task<DeploymentSettings> ReadAsync(
        ParseResult parsed, Func<Task<DeploymentSettings>> current, CancellationToken cancellation)
    {
        var settings = parsed.GetValue(_file) is { } file
            ? await SettingsText.ReadAsync(file, cancellation)
            : await current();
        var (gates, limits, strategy) = (settings.Gates, settings.Limits, settings.Strategy);
        return settings with
        {
            Runtime = parsed.GetValue(_runtime) ?? settings.Runtime,
            Image = settings.Image with
            {
                Base = parsed.GetValue(_baseImage) is { } under
                    ? under == SettingsText.None ? null : under
                    : settings.Image.Base,
                SelfContained = Flag(parsed, _selfContained, settings.Image.SelfContained),
            },
            Replicas = parsed.GetValue(_replicas) ?? settings.Replicas,
            NeedsApproval = Flag(parsed, _approval, settings.NeedsApproval),
            Environment = Assignments.Change(settings.Environment, parsed.GetValue(_environment) ?? [], "variable"),
            Secrets = Assignments.Change(settings.Secrets, parsed.GetValue(_secrets) ?? [], "variable"),
            Limits = parsed.GetValue(_memory) is { } memory
                ? limits with { MemoryMegabytes = memory == 0 ? null : memory }
                : limits,
            Strategy = parsed.GetValue(_canary) is { } steps
                ? strategy with { Steps = SettingsText.Canary(steps) }
                : strategy,
            Gates = gates with
            {
                Tolerance = parsed.GetValue(_tolerance) is { } share
                    ? SettingsText.Number(share, "--tolerance")
                    : gates.Tolerance,
                Metrics = SettingsText.Gates(gates.Metrics, parsed.GetValue(_metrics) ?? []),
                SignedBy = parsed.GetValue(_keys) is { Length: > 0 } keys ? SettingsText.Keys(keys) : gates.SignedBy,
            },
        };
    }

    private static bool Flag(ParseResult parsed, Option<bool?> option, bool current) =>
        parsed.GetResult(option) is null ? current : parsed.GetValue(option) ?? true;
}
