using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Registry.Batches;
using EnvelopeSdk.Registry.Batches.Jobs;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Deploying.Gates;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Routing;
using EnvelopeSdk.Registry.Deploying.Steps;
using EnvelopeSdk.Registry.Deploying.Traffic;
using EnvelopeSdk.Registry.Rules;
using EnvelopeSdk.Registry.Runtimes;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What deploys envelopes.</summary>
internal static class DeployingServices
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="services">The services.</param>
    /// <param name="options">Where and how; null: this registry deploys nothing, and shows what others do.</param>
    public static void AddDeploying(this IServiceCollection services, DeployingOptions? options)
    {
        services.AddSingleton<ConfigurationStore>();
        services.AddSingleton<DeploymentStore>();
        services.AddSingleton<EndedDeployments>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<BatchStore>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<UntoldRuns>();
        services.AddSingleton<JobRights>();
        services.AddSingleton<EndedRuns>();
        services.AddSingleton<TrafficLog>();
        services.AddSingleton<HourOfTraffic>();
        services.AddSingleton<RuleEvaluation>();
        services.AddSingleton<RuleTrial>();
        if (options is null)
        {
            return;
        }

        options.Check();
        services.AddSingleton(options);
        services.AddSingleton<DeploymentDesk>();
        services.AddSingleton<EnvelopeGates>();
        services.AddSingleton<EnginePlace>();
        services.AddSingleton<InstanceStore>();
        services.AddSingleton<ServiceBuilder>();
        services.AddSingleton<BuildPruning>();
        services.AddSingleton<ImagePublisher>();
        services.AddSingleton<PublishCommand>();
        services.AddSingleton<IServiceRuntime, LocalProcesses>();
        services.AddSingleton<IServiceRuntime, LocalContainers>();
        services.AddSingleton<ClusterConnection>();
        services.AddSingleton<IServiceRuntime, ClusterServices>();
        services.AddSingleton<ServiceRuntimes>();
        services.AddSingleton<GatewayProcess>();
        services.AddSingleton(_ => new Lazy<GatewayClient>(() => new(options.GatewayDirectory)));
        services.AddSingleton<RouteTeller>();
        services.AddSingleton<TrafficRecorder>();
        services.AddSingleton<FreePorts>();
        services.AddSingleton<ReadyProbe>();
        services.AddSingleton<ProcessKeeper>();
        services.AddSingleton<IDeploymentStep, RequestedStep>();
        services.AddSingleton<IDeploymentStep, ApprovedStep>();
        services.AddSingleton<IDeploymentStep, BuildingStep>();
        services.AddSingleton<IDeploymentStep>(of => ActivatorUtilities.CreateInstance<StartingStep>(
            of, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience }));
        services.AddSingleton<IDeploymentStep, ValidatedStep>();
        services.AddSingleton<IDeploymentStep, CanaryStep>();
        services.AddSingleton<IDeploymentStep, SwitchedStep>();
        services.AddSingleton<IDeploymentStep, DrainedStep>();
        services.AddHostedService<DeploymentEngine>();
        services.AddSingleton<IJobRuntime, JobProcesses>();
        services.AddSingleton<IJobRuntime, ClusterJobs>();
        services.AddSingleton<JobRuntimes>();
        services.AddSingleton<RunFiles>();
        services.AddSingleton<RunEnds>();
        services.AddSingleton<JobTurns>();
        services.AddSingleton<RunSteps>();
        services.AddHostedService<BatchEngine>();
        services.AddHostedService<RunRetention>();
        services.AddHostedService<RuleService>();
        services.AddHostedService<DeploymentAnnouncer>();
        services.AddHostedService<BatchAnnouncer>();
        services.AddHostedService<DeploymentRetention>();
    }
}
