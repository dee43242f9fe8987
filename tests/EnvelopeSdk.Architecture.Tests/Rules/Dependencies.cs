using System.Text.RegularExpressions;
using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests.Rules;

/// <summary>Which room may stand on which packages and shared frameworks.</summary>
internal static partial class Dependencies
{
    private const string Runtime = "EnvelopeSdk.Runtime";

    private static readonly string[] WithoutAspNet =
    [
        Runtime, "EnvelopeSdk.Storage", "EnvelopeSdk.Serving", "EnvelopeSdk", "EnvelopeSdk.Build", "EnvelopeSdk.Batch",
        WithClusters, .. Arrows.FrameworkRooms,
    ];

    private static readonly string[] WithDatabases = ["EnvelopeSdk.Registry", "EnvelopeSdk.Batch"];

    private const string WithClouds = "EnvelopeSdk.Registry";

    private const string WithClusters = "EnvelopeSdk.Kubernetes";

    private const string WithTimes = "EnvelopeSdk.Registry";

    public static IEnumerable<string> OfRuntime(IEnumerable<ProjectFile> projects) => projects
        .Where(project => project.Name == Runtime)
        .SelectMany(project => Named(project, project.Packages.Concat(project.Frameworks), "it stands on .NET alone"));

    public static IEnumerable<string> OnAspNet(IEnumerable<ProjectFile> projects) => projects
        .Where(project => WithoutAspNet.Contains(project.Name))
        .SelectMany(project => Named(
            project,
            project.Packages.Concat(project.Frameworks).Where(name => AspNet().IsMatch(name)),
            "HTTP is the business of rooms above it"));

    public static IEnumerable<string> OnFrameworks(IEnumerable<ProjectFile> projects) => projects
        .Where(project => !Arrows.FrameworkRooms.Contains(project.Name))
        .SelectMany(project => Named(
            project,
            project.Packages.Where(name => Framework().IsMatch(name)),
            "a machine-learning framework stays in its room"));

    public static IEnumerable<string> OnDatabases(IEnumerable<ProjectFile> projects) => projects
        .Where(project => !WithDatabases.Contains(project.Name))
        .SelectMany(project => Named(
            project,
            project.Packages.Where(name => Database().IsMatch(name)),
            "database drivers stay in " + string.Join(" and ", WithDatabases)));

    public static IEnumerable<string> OnClouds(IEnumerable<ProjectFile> projects) => projects
        .Where(project => project.Name != WithClouds)
        .SelectMany(project => Named(
            project, project.Packages.Where(name => Cloud().IsMatch(name)), "clients of clouds stay in " + WithClouds));

    public static IEnumerable<string> OnClusters(IEnumerable<ProjectFile> projects) => projects
        .Where(project => project.Name != WithClusters)
        .SelectMany(project => Named(
            project, project.Packages.Where(name => Cluster().IsMatch(name)),
            "clients of clusters stay in " + WithClusters));

    public static IEnumerable<string> OnTimes(IEnumerable<ProjectFile> projects) => projects
        .Where(project => project.Name != WithTimes)
        .SelectMany(project => Named(
            project, project.Packages.Where(name => Times().IsMatch(name)), "times of cron stay in " + WithTimes));

    private static IEnumerable<string> Named(ProjectFile project, IEnumerable<string> names, string why) =>
        names.Select(name => $"{project.Name} -> {name}: {project.Path} may not reference it, {why}.");

    [GeneratedRegex(@"AspNetCore|^Microsoft\.NET\.Sdk\.(Web|Razor|Blazor\w+)$|^Yarp\.", RegexOptions.IgnoreCase)]
    private static partial Regex AspNet();

    [GeneratedRegex(@"^Microsoft\.(ML(\.|$)|Data\.Analysis$)|Onnx|TorchSharp|TensorFlow", RegexOptions.IgnoreCase)]
    private static partial Regex Framework();

    [GeneratedRegex(@"^Npgsql|Sqlite|^DuckDB|EntityFramework|SqlClient|^MySql", RegexOptions.IgnoreCase)]
    private static partial Regex Database();

    [GeneratedRegex(@"^(AWSSDK|Azure|Google\.Cloud|Minio)(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Cloud();

    [GeneratedRegex(@"^(KubernetesClient|KubeOps)(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Cluster();

    [GeneratedRegex(@"^(Cronos|NCrontab|Quartz|Hangfire)(\.|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Times();
}
