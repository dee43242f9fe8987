using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>
/// The second step of the quick start: a registry deploys the model, a better one takes its place while requests run,
/// and is taken back. Disposing ends the registry and all that it runs.
/// </summary>
internal sealed class DeployedModel : IAsyncDisposable
{
    private const string Name = "diamond-price";
    private const string Rule = "better";

    /// <summary>
    /// A canary of a few seconds. How long answers take says little of a model on a machine that builds beside it.
    /// </summary>
    private static readonly DeploymentSettings Settings = new()
    {
        Gates = new() { Metrics = [new("r2", MetricGate.Higher)] },
        Strategy = new() { Steps = [new(25, 2)], MinimumRequests = 50, LatencyRatio = 10, LatencyMargin = 1000 },
    };

    private static readonly RuleSettings Takes = new()
    {
        Name = Name,
        Tags = new Dictionary<string, string> { ["team"] = "pricing" },
    };

    private readonly Workspace _workspace;
    private readonly StepDisplay _display;
    private readonly EnvelopeRegistry _client;
    private readonly DeploymentFollower _follower;
    private string _gateway = "";

    private DeployedModel(Workspace workspace, StepDisplay display, RegistryProcess registry)
    {
        (_workspace, _display, Registry) = (workspace, display, registry);
        _client = EnvelopeRegistry.Open(registry.Home);
        _follower = new(_client, Name, display);
    }

    public RegistryProcess Registry { get; }

    /// <summary>Runs the step, and prints what came of it.</summary>
    /// <exception cref="StepException">Something of it failed, be it one request.</exception>
    public static async Task<DeployedModel> RunAsync(
        Workspace workspace, StepDisplay display, CancellationToken cancellation)
    {
        ForgetOtherRegistries();
        DeployedModel? deployed = null;
        try
        {
            await display.RunAsync("Start a registry on the store", async _ => deployed = new(
                workspace, display, await RegistryProcess.StartAsync(workspace, cancellation)));
            await deployed!.RunAsync(cancellation);
            return deployed;
        }
        catch (Exception failure)
        {
            await (deployed?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw failure is EnvelopeException
                ? new StepException(failure.Message, deployed?.Registry.Output ?? "")
                : failure;
        }
    }

    public ValueTask DisposeAsync() => Registry.DisposeAsync();

    /// <summary>Prints where the registry and the gateway are.</summary>
    public void Announce()
    {
        Console.WriteLine($"Registry: {Registry.Page}");
        Console.WriteLine($"Gateway: {_gateway}/predict, and {_gateway}/swagger/index.html");
    }

    /// <summary>What the surroundings say of registries is of others.</summary>
    private static void ForgetOtherRegistries()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name =>
            name == "ENVELOPE_KEY" || name.StartsWith("ENVELOPE_REGISTRY_", StringComparison.Ordinal)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var row = HeldOutRow.Read(_workspace);
        await _display.RunAsync("Make a configuration with a canary, and a rule", async _ =>
        {
            _gateway = (await _client.SetConfigurationAsync(Name, Settings, cancellation)).Url;
            await _client.SetRuleAsync(Name, Rule, Takes, cancellation);
        });
        await _display.RunAsync("Deploy the model", async line => await _follower.LiveAsync(
            await _client.DeployAsync(Name, Name, cancellation), line, cancellation));

        await using var callers = new Callers(new Uri($"{_gateway}/{row.Query}"), HeldOutRow.Body(row));
        await callers.FirstAsync(row.Output.GetSingle(), cancellation);
        var saved = await TrainAsync(cancellation);
        Deployment? asked = null;
        await _display.RunAsync("The rule deploys it", async _ => asked =
            await _follower.AskedForAsync(Rule, cancellation));
        await _follower.ShowAsync(asked!, cancellation);
        var first = await callers.FirstAsync(HeldOutRow.Read(_workspace).Output.GetSingle(), cancellation);
        var back = Stopwatch.StartNew();
        await _display.RunAsync("Roll back", async line => await _follower.LiveAsync(
            await _client.RollBackAsync(Name, cancellation), line, cancellation));
        back.Stop();
        await callers.EndAsync();
        _display.WriteTable();
        WriteCounts(callers, Stopwatch.GetElapsedTime(saved, first), back.Elapsed);
    }

    /// <summary>Trains a better model, which learns more slowly, into the registry.</summary>
    /// <returns>When it was saved.</returns>
    private async Task<long> TrainAsync(CancellationToken cancellation)
    {
        var program = Path.Combine(_workspace.TrainingProject, "Program.cs");
        await File.WriteAllTextAsync(
            program,
            (await File.ReadAllTextAsync(program, cancellation)).Replace(
                "LearningRate = 0.15", "LearningRate = 0.1", StringComparison.Ordinal),
            cancellation);
        var environment = new Dictionary<string, string>(_workspace.Environment) { ["ENVELOPE_HOME"] = Registry.Home };
        await _display.RunAsync("Train a better model, and save it in the registry", line =>
            ChildProcess.RunAsync(environment, _workspace.TrainingProject, line, cancellation, "dotnet", "run"));
        return Stopwatch.GetTimestamp();
    }

    private static void WriteCounts(Callers callers, TimeSpan first, TimeSpan back)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Requests sent meanwhile: {callers.Sent}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Requests that failed: {callers.Failed}"));
        Console.WriteLine($"From the save of the better model to its first answer: {Texts.Seconds(first)}");
        Console.WriteLine($"Rolled back in: {Texts.Seconds(back)}");
        if (callers.Failed > 0)
        {
            throw new StepException("Requests failed while models changed.", callers.Failure);
        }
    }
}
