using EnvelopeSdk.Envelopes;
using NuGet.LibraryModel;
using NuGet.ProjectModel;
using NuGet.Versioning;

namespace EnvelopeSdk.Build;

/// <summary>The packages that NuGet restored for a project, the model's own apart from the platform's.</summary>
/// <param name="Own">
/// What runs with the model, sorted by id: all that can be reached from the project's references without passing
/// through a package of the platform, and the frameworks that the platform's rooms are for, with all below them; none
/// that runs tests.
/// </param>
/// <param name="Platform">The packages of the platform, sorted by id. What only they need is their own affair.</param>
internal sealed record PackageGraph(IReadOnlyList<LockedPackage> Own, IReadOnlyList<PlatformPackage> Platform)
{
    private static readonly NuGetVersion Lowest = new(0, 0, 0);

    /// <summary>
    /// Walks from the references of a project. Of those that it keeps to itself (<c>PrivateAssets="all"</c>) and all
    /// below them, only what has files for the run-time counts, as it does for the project's output: most are tools of
    /// the build.
    /// </summary>
    /// <param name="assets">What was restored.</param>
    /// <param name="targetFramework">The framework to look at, as the project names it.</param>
    /// <param name="frameworks">The ids of the frameworks that rooms of the platform are for.</param>
    public static PackageGraph Of(LockFile assets, string targetFramework, IReadOnlySet<string> frameworks)
    {
        // Not by parsing the name: NuGet restores net10.0-windows as net10.0-windows7.0.
        var project = assets.PackageSpec.TargetFrameworks.Single(one => one.TargetAlias == targetFramework);
        var restored = assets.GetTarget(project.FrameworkName, runtimeIdentifier: null).Libraries
            .ToDictionary(library => library.Name!, StringComparer.OrdinalIgnoreCase);
        var direct = project.Dependencies.Select(dependency => dependency.Name).Concat(ProjectReferences(assets))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shared = direct.Except(project.Dependencies
            .Where(dependency => dependency.SuppressParent == LibraryIncludeFlags.All)
            .Select(dependency => dependency.Name), StringComparer.OrdinalIgnoreCase);
        var reached = Reachable(restored, shared, frameworks)
            .Union(Reachable(restored, direct, frameworks).Where(RunsWithProgram))
            .Where(library => library.Type == LibraryType.Package && !TestPackages.Contains(library.Name!))
            .OrderBy(library => library.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var raised = RaisedByRooms(reached, frameworks).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new(
            [
                .. reached.Where(library => !PlatformPackages.Contains(library.Name!))
                    .Select(library => Locked(assets, library, direct, raised)),
            ],
            [
                .. reached.Where(library => PlatformPackages.Contains(library.Name!))
                    .Select(library => new PlatformPackage(library.Name!, library.Version!.ToNormalizedString())),
            ]);
    }

    private static bool RunsWithProgram(LockFileTargetLibrary library) =>
        library.RuntimeAssemblies.Concat(library.NativeLibraries).Concat(library.ResourceAssemblies)
            .Concat(library.RuntimeTargets)
            .Any(file => Path.GetFileName(file.Path) != "_._");

    private static IEnumerable<string> ProjectReferences(LockFile assets) =>
        assets.Libraries.Where(library => library.Type == LibraryType.Project).Select(library => library.Name);

    private static IEnumerable<LockFileTargetLibrary> Reachable(
        Dictionary<string, LockFileTargetLibrary> restored, IEnumerable<string> roots, IReadOnlySet<string> frameworks)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Stack<string>(roots);
        while (waiting.TryPop(out var name))
        {
            if (!restored.TryGetValue(name, out var library) || !seen.Add(name))
            {
                continue;
            }

            yield return library;
            var isPlatform = PlatformPackages.Contains(name);
            foreach (var dependency in library.Dependencies.Select(dependency => dependency.Id))
            {
                if (!isPlatform || PlatformPackages.Contains(dependency) || frameworks.Contains(dependency))
                {
                    waiting.Push(dependency);
                }
            }
        }
    }

    /// <summary>What a framework room asks for in this version, and the model's own packages in lower ones.</summary>
    private static IEnumerable<string> RaisedByRooms(
        IReadOnlyList<LockFileTargetLibrary> reached, IReadOnlySet<string> frameworks) =>
        from library in reached
        where !frameworks.Contains(library.Name!)
        let asked = reached.SelectMany(other => other.Dependencies
            .Where(one => one.Id.Equals(library.Name, StringComparison.OrdinalIgnoreCase))
            .Select(one => (
                ByRoom: PlatformPackages.IsRoom(other.Name!), Least: one.VersionRange.MinVersion ?? Lowest)))
        where asked.Any(one => one.ByRoom && one.Least == library.Version)
            && asked.All(one => one.ByRoom || one.Least.CompareTo(library.Version) < 0)
        select library.Name;

    private static LockedPackage Locked(
        LockFile assets, LockFileTargetLibrary library, HashSet<string> direct, HashSet<string> raised)
    {
        var hash = assets.GetLibrary(library.Name, library.Version).Sha512;
        var isDirect = direct.Contains(library.Name!);
        return new LockedPackage(
            library.Name!, library.Version!.ToNormalizedString(), hash, isDirect,
            !isDirect && raised.Contains(library.Name!));
    }
}
