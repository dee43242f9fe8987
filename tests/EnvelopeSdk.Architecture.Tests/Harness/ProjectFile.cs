using System.Xml.Linq;

namespace EnvelopeSdk.Architecture.Tests.Harness;

/// <summary>What a project file says of the things that its project stands on.</summary>
/// <param name="Path">From the root, with slashes.</param>
/// <param name="RootNamespace">The namespace of the files beside the project file.</param>
/// <param name="References">The projects that it references, by name.</param>
/// <param name="Packages">The packages that it references.</param>
/// <param name="Frameworks">The shared frameworks that it references, and the SDKs that bring one.</param>
/// <param name="LinkedSources">The sources of other folders that it compiles, from the root.</param>
internal sealed record ProjectFile(
    string Path,
    string RootNamespace,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Frameworks,
    IReadOnlyList<string> LinkedSources)
{
    private const string OwnPrefix = "EnvelopeSdk";
    private const StringSplitOptions Entries = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => Path[..Path.LastIndexOf('/')];

    public static ProjectFile Parse(string path, string text)
    {
        var project = XElement.Parse(text);
        var packages = Included("PackageReference").ToList();
        var folder = path[..path.LastIndexOf('/')];
        return new ProjectFile(
            path,
            project.Descendants("RootNamespace").FirstOrDefault()?.Value ?? NameOf(path),
            [.. Included("ProjectReference").Select(NameOf), .. packages.Where(IsOwn)],
            [.. packages.Where(package => !IsOwn(package))],
            [.. Included("FrameworkReference"), .. Sdks().Where(sdk => sdk != "Microsoft.NET.Sdk")],
            [
                .. Included("Compile").Select(source => Resolve(folder, source))
                    .Where(source => !Repository.IsIn(source, folder)),
            ]);

        IEnumerable<string> Included(string item) => project.Descendants(item)
            .Select(element => element.Attribute("Include")?.Value).OfType<string>()
            .SelectMany(value => value.Split(';', Entries));

        IEnumerable<string> Sdks() => project.DescendantsAndSelf().Attributes("Sdk")
            .SelectMany(sdk => sdk.Value.Split(';', Entries))
            .Concat(project.Elements("Sdk").Attributes("Name").Select(name => name.Value));
    }

    // A package of this repository is one of its projects by another way.
    private static bool IsOwn(string package) =>
        package == OwnPrefix || package.StartsWith(OwnPrefix + ".", StringComparison.Ordinal);

    private static string NameOf(string reference) =>
        System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));

    private static string Resolve(string folder, string relative)
    {
        var parts = new List<string>(folder.Split('/'));
        foreach (var part in relative.Replace('\\', '/').Split('/'))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }
}
