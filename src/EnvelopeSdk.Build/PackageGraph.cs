using EnvelopeSdk.Capture;
using NuGet.LibraryModel;
using NuGet.ProjectModel;

namespace EnvelopeSdk.Build;

/// <summary>Walks the packages that NuGet restored for a project.</summary>
internal static class PackageGraph
{
    /// <summary>
    /// The packages that a consumer of the project would get: all that can be reached from its references, except through
    /// those that it keeps to itself (<c>PrivateAssets="all"</c>, which NuGet sets for development dependencies).
    /// </summary>
    /// <param name="assets">What was restored.</param>
    /// <param name="targetFramework">The framework to look at, as the project names it.</param>
    /// <returns>Sorted by id.</returns>
    public static IReadOnlyList<LockedPackage> RuntimePackages(LockFile assets, string targetFramework)
    {
        // Not by parsing the name: NuGet restores net10.0-windows as net10.0-windows7.0.
        var project = assets.PackageSpec.TargetFrameworks.Single(one => one.TargetAlias == targetFramework);
        var restored = assets.GetTarget(project.FrameworkName, runtimeIdentifier: null).Libraries.ToDictionary(library => library.Name!, StringComparer.OrdinalIgnoreCase);
        var direct = project.Dependencies
            .Where(dependency => dependency.SuppressParent != LibraryIncludeFlags.All)
            .Select(dependency => dependency.Name)
            .Concat(ProjectReferences(assets))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        return
        [
            .. Reachable(restored, direct)
                .Where(library => library.Type == LibraryType.Package)
                .Select(library => Locked(assets, library, direct))
                .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static IEnumerable<string> ProjectReferences(LockFile assets) =>
        assets.Libraries.Where(library => library.Type == LibraryType.Project).Select(library => library.Name);

    private static IEnumerable<LockFileTargetLibrary> Reachable(Dictionary<string, LockFileTargetLibrary> restored, IEnumerable<string> roots)
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
            foreach (var dependency in library.Dependencies)
            {
                waiting.Push(dependency.Id);
            }
        }
    }

    private static LockedPackage Locked(LockFile assets, LockFileTargetLibrary library, HashSet<string> direct)
    {
        var hash = assets.GetLibrary(library.Name, library.Version).Sha512;
        return new LockedPackage(library.Name!, library.Version!.ToNormalizedString(), hash, direct.Contains(library.Name!));
    }
}
