using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying.Steps;

/// <summary>
/// What is done with a deployment in a state, to the next one. It may be done again from its beginning, by the same
/// registry or the next: so that nothing is lost or done twice, whenever a registry ends.
/// </summary>
internal interface IDeploymentStep
{
    /// <summary>The state.</summary>
    string State { get; }

    /// <summary>
    /// Does it, and moves the deployment on, or leaves it where it is: then it is done again a little later.
    /// </summary>
    /// <exception cref="EnvelopeException">The deployment has failed.</exception>
    Task RunAsync(DeploymentRow one, CancellationToken cancellationToken);
}
