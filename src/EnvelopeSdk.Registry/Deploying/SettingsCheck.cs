using EnvelopeSdk.Deployments;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Says of settings what cannot be so: with the JSON pointer of the place, and the cure.</summary>
internal static class SettingsCheck
{
    private const int MostReplicas = 64;
    private const int LongestStart = 3_600;
    private const int LongestStep = 604_800;

    /// <summary>How variables begin that are the engine's own, or load other code than the envelope's.</summary>
    private static readonly string[] Reserved =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP", "ASPNETCORE_HOSTINGSTARTUP", "DOTNET_URLS", "URLS", "HTTP_PORTS",
        "HTTPS_PORTS", "Kestrel", "Envelope__PathBase", "Envelope__Instance", "DOTNET_STARTUP_HOOKS",
        "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE", "DOTNET_GCHeapHardLimit", "DOTNET_ROOT", "CORECLR_",
        "COMPlus_", "CONTAINER", "PODMAN_", "_CONTAINERS", "STORAGE_", "XDG_", "BASH_", "LD_", "DYLD_", "PATH", "HOME",
    ];

    /// <summary>Variables by which a shell, the C library or podman does something else.</summary>
    private static readonly string[] ReservedWhole =
        ["ENV", "IFS", "PS4", "SHELLOPTS", "BASHOPTS", "TMPDIR", "GODEBUG", "GCONV_PATH", "LOCPATH"];

    /// <exception cref="EnvelopeException">They cannot be so.</exception>
    public static void Run(DeploymentSettings settings)
    {
        SettingsValues.Ensure(settings);
        Ensure(
            ServiceRuntime.All.Contains(settings.Runtime), "/runtime",
            $"'{settings.Runtime}' runs no services. Write one of {string.Join(", ", ServiceRuntime.All)}");
        Run(settings.Image);
        Ensure(settings.Replicas is >= 1 and <= MostReplicas, "/replicas", $"Write a number from 1 to {MostReplicas}");
        Ensure(
            settings.Limits.StartSeconds is >= 1 and <= LongestStart, "/limits/startSeconds",
            $"Write a number of seconds from 1 to {LongestStart}");
        Ensure(
            settings.Limits.MemoryMegabytes is null or >= 32, "/limits/memoryMegabytes",
            "A service needs 32 megabytes at least");
        Run(settings.Environment, settings.Secrets);
        Check(settings.Gates);
        Check(settings.Strategy);
    }

    /// <exception cref="EnvelopeException">They cannot be so.</exception>
    public static void Run(ImageSettings image) => Ensure(
        image.Base is null || (image.Base.Length > 0 && image.Base.All(IsOfReference)), "/image/base",
        "Write the reference of an image, 'host/repository:tag'");

    /// <summary>The variables that a process gets.</summary>
    /// <exception cref="EnvelopeException">They cannot be so.</exception>
    public static void Run(
        IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> secrets)
    {
        Check(environment.Keys, "/environment");
        Check(secrets.Keys, "/secrets");
        foreach (var (variable, secret) in secrets)
        {
            Ensure(
                Runtimes.SecretFolder.IsName(secret), $"/secrets/{SettingsFault.Escaped(variable)}",
                $"'{secret}' is no name of a secret. Write letters, digits, '-', '_' and '.'");
        }
    }

    /// <exception cref="EnvelopeException">They cannot be so.</exception>
    public static void Run(RuleSettings settings)
    {
        SettingsValues.Ensure(settings);
        Ensure(settings.Tags.Count > 0, "/tags", "A rule without tags takes all that is saved. Give it one at least");
        Ensure(settings.Tags.Keys.All(one => !string.IsNullOrWhiteSpace(one)), "/tags", "A tag has no name");
        Ensure(settings.By is null or { Count: > 0 }, "/by", "Name somebody, or leave it out");
        if (settings.Name is { } name)
        {
            SettingsFault.At("/name", () => EnvelopeName.Check(name));
        }

        foreach (var (i, bound) in settings.Metrics.Index())
        {
            SettingsFault.At($"/metrics/{i}", () => NumberBound.Parse(bound));
        }
    }

    private static void Check(DeploymentGates gates)
    {
        Ensure(gates.Tolerance is >= 0 and <= 1, "/gates/tolerance", "Write a share from 0 to 1");
        for (var i = 0; i < gates.Metrics.Count; i++)
        {
            var (at, gate) = ($"/gates/metrics/{i}", gates.Metrics[i]);
            Ensure(!string.IsNullOrWhiteSpace(gate.Name), at + "/name", "Name the metric");
            Ensure(
                gate.Better is MetricGate.Higher or MetricGate.Lower, at + "/better",
                $"Say what is better, '{MetricGate.Higher}' or '{MetricGate.Lower}'");
            Ensure(gate.Margin >= 0 && double.IsFinite(gate.Margin), at + "/margin", "Write a number from 0 on");
        }

        for (var i = 0; i < gates.SignedBy.Count; i++)
        {
            var at = $"/gates/signedBy/{i}";
            SettingsFault.At(at, () => VerificationKey.Parse(gates.SignedBy[i], at));
        }
    }

    private static void Check(DeploymentStrategy strategy)
    {
        var last = 0;
        for (var i = 0; i < strategy.Steps.Count; i++)
        {
            var (at, step) = ($"/strategy/steps/{i}", strategy.Steps[i]);
            Ensure(
                step.Percent is >= 1 and <= 99 && step.Percent > last, at + "/percent",
                "Write a share from 1 to 99, greater than that of the step before");
            Ensure(
                step.Seconds is >= 0 and <= LongestStep, at + "/seconds",
                $"Write a number of seconds from 0 to {LongestStep}");
            last = step.Percent;
        }

        Ensure(strategy.MinimumRequests >= 1, "/strategy/minimumRequests", "Write a number from 1 on");
        Ensure(strategy.ErrorMargin is >= 0 and <= 1, "/strategy/errorMargin", "Write a share from 0 to 1");
        Ensure(
            strategy.LatencyMargin >= 0 && double.IsFinite(strategy.LatencyMargin), "/strategy/latencyMargin",
            "Write a number of milliseconds from 0 on");
        Ensure(
            strategy.LatencyRatio >= 1 && double.IsFinite(strategy.LatencyRatio), "/strategy/latencyRatio",
            "Write a number from 1 on");
    }

    private static void Check(IEnumerable<string> variables, string at)
    {
        foreach (var variable in variables)
        {
            var place = $"{at}/{SettingsFault.Escaped(variable)}";
            Ensure(
                variable.Length > 0 && !char.IsAsciiDigit(variable[0])
                && variable.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.'),
                place, $"'{variable}' is no name of a variable");
            Ensure(
                !Reserved.Any(one => variable.StartsWith(one, StringComparison.OrdinalIgnoreCase))
                && !ReservedWhole.Contains(variable, StringComparer.OrdinalIgnoreCase), place,
                $"'{variable}' decides where a service listens or what code it runs, and is not a configuration's");
        }
    }

    /// <summary>Nothing that a command line or MSBuild would take for something else.</summary>
    private static bool IsOfReference(char one) =>
        char.IsAsciiLetterOrDigit(one) || one is '.' or '_' or '-' or '/' or ':' or '@';

    private static void Ensure(bool isSo, string pointer, string cure)
    {
        if (!isSo)
        {
            throw SettingsFault.All(new SettingsFault(pointer, $"{cure}."));
        }
    }
}
