using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build;

/// <summary>
/// Keeps what was resolved as a file that a project can import: an editor's design-time builds take it, and touch
/// neither the store nor the unpacked envelope.
/// </summary>
internal static class ResolvedProject
{
    public const string FileName = "Resolved.props";

    /// <summary>Writes the file, unless the same is there.</summary>
    public static void Write(ResolveEnvelope resolved, string directory)
    {
        var project = new XElement(
            "Project",
            new XElement(
                "PropertyGroup",
                new XElement("EnvelopeReference", resolved.Reference),
                new XElement("_EnvelopeDirectory", resolved.Directory),
                new XElement("EnvelopeModelType", resolved.ModelType),
                new XElement("EnvelopeModelAssembly", resolved.ModelAssembly)),
            new XElement(
                "ItemGroup",
                Items("PackageReference", resolved.Packages, "Version", "ExcludeAssets", "NoWarn"),
                Items("Reference", resolved.Assemblies, "HintPath", "Private")));
        var (path, text) = (Path.Combine(directory, FileName), project.ToString());
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
        }
    }

    private static IEnumerable<XElement> Items(string name, IEnumerable<ITaskItem> items, params string[] metadata) =>
        items.Select(item => new XElement(
            name,
            new XAttribute("Include", item.ItemSpec),
            metadata.Where(one => item.GetMetadata(one).Length > 0)
                .Select(one => new XElement(one, item.GetMetadata(one)))));
}
