using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What the engine sees at once, while steps go on beside it.</summary>
/// <param name="Processes">The processes that there are, of earlier deployments too.</param>
/// <param name="Own">The configurations of its place, with the settings that are meant.</param>
/// <param name="Deployments">What is under way or runs, at other places too.</param>
internal sealed record EngineLook(
    IReadOnlyList<Instance> Processes, Dictionary<string, DeploymentSettings> Own,
    IReadOnlyList<DeploymentRow> Deployments)
{
    /// <summary>
    /// First the processes: a step adds them when it moves a deployment on, and one whose deployment was not seen to have
    /// moved would be ended as one that nobody needs.
    /// </summary>
    public static async Task<EngineLook> TakeAsync(
        Func<Task<IReadOnlyList<Instance>>> processes, Func<Task<Dictionary<string, DeploymentSettings>>> own,
        Func<Task<IReadOnlyList<DeploymentRow>>> deployments)
    {
        var there = await processes();
        var settings = await own();
        return new(there, settings, await deployments());
    }
}
