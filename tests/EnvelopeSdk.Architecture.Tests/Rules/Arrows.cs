using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests.Rules;

/// <summary>Which project may know which. What a project may know, its own arrows lead to as well.</summary>
internal static class Arrows
{
    /// <summary>The rooms that bring a machine-learning framework along.</summary>
    public static readonly IReadOnlyList<string> FrameworkRooms =
        ["EnvelopeSdk.MLNet", "EnvelopeSdk.Onnx", "EnvelopeSdk.TorchSharp"];

    private const string Vocabulary = "/Vocabulary/";
    private const string Generators = "EnvelopeSdk.Generators";
    private const string Analyzers = "EnvelopeSdk.Analyzers";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["EnvelopeSdk.Runtime"] = [],
        ["EnvelopeSdk.Storage"] = ["EnvelopeSdk.Runtime"],
        ["EnvelopeSdk"] = ["EnvelopeSdk.Storage"],
        ["EnvelopeSdk.Build"] = ["EnvelopeSdk.Storage"],
        ["EnvelopeSdk.Gateway"] = ["EnvelopeSdk.Storage"],
        ["EnvelopeSdk.Kubernetes"] = ["EnvelopeSdk.Storage"],
        ["EnvelopeSdk.Registry"] = ["EnvelopeSdk.Storage", "EnvelopeSdk.Gateway", "EnvelopeSdk.Kubernetes"],
        ["EnvelopeSdk.Serving"] = ["EnvelopeSdk.Runtime"],
        ["EnvelopeSdk.Service"] = ["EnvelopeSdk.Serving"],
        ["EnvelopeSdk.Batch"] = ["EnvelopeSdk.Serving"],
        // Who references a framework's package alone gets the training side with it.
        ["EnvelopeSdk.MLNet"] = ["EnvelopeSdk"],
        ["EnvelopeSdk.Onnx"] = ["EnvelopeSdk"],
        ["EnvelopeSdk.TorchSharp"] = ["EnvelopeSdk"],
        ["EnvelopeSdk.Tool"] = ["*"],
        [Generators] = [],
        [Analyzers] = [],
        ["EnvelopeSdk.CodeFixes"] = [Analyzers],
    };

    /// <summary>The arrows of projects that are not allowed, and the projects that no rule knows.</summary>
    public static IEnumerable<string> Forbidden(IEnumerable<ProjectFile> projects) => projects.SelectMany(Forbidden);

    private static IEnumerable<string> Forbidden(ProjectFile project)
    {
        if (!Allowed.ContainsKey(project.Name))
        {
            return [$"{project.Name} is a room that {nameof(Arrows)} does not know: say there what it may reference."];
        }

        var references = project.References.Where(target => !MayKnow(project.Name, target))
            .Select(target => $"{project.Name} -> {target}: {project.Path} may not reference it.");
        var links = project.LinkedSources.Where(source => !MayCompile(project.Name, source))
            .Select(source => $"{project.Name} -> {source}: {project.Path} may not compile a source of another room.");
        return references.Concat(links);
    }

    private static bool MayKnow(string from, string to) => from != to && Allowed.GetValueOrDefault(from) is { } targets
        && (targets.Contains("*") || targets.Contains(to) || targets.Any(target => MayKnow(target, to)));

    // Names, kinds and limits that several rooms must agree on are one set of sources; so are the rules that the
    // generator obeys and the analyzers report.
    private static bool MayCompile(string project, string source) =>
        source.Contains(Vocabulary, StringComparison.Ordinal)
        || (project == Analyzers && Repository.IsIn(source, "generators/" + Generators));
}
