using System.Xml.Linq;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>A project that is made of an envelope beside it.</summary>
internal static class EnvelopeProject
{
    /// <summary>Writes it.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="sdk">The project SDK with its version.</param>
    /// <param name="archive">The file of the envelope, in the directory.</param>
    /// <param name="nugetConfig">The configuration of NuGet; null: that of the user.</param>
    /// <param name="user">Who builds it; null: the user of this process.</param>
    /// <exception cref="EnvelopeException">The configuration of NuGet cannot be read.</exception>
    public static void Write(
        string directory, string name, string sdk, string archive, string? nugetConfig, ServiceUser? user)
    {
        var project = new XElement(
            "Project", new XAttribute("Sdk", sdk),
            new XElement("ItemGroup", new XElement("Envelope", new XAttribute("Include", archive))));
        File.WriteAllText(Path.Combine(directory, $"{name}.csproj"), project.ToString());

        // Ends the search in directories above, whose files are about other things.
        Array.ForEach(
            ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"],
            file => File.WriteAllText(Path.Combine(directory, file), "<Project />"));
        if (nugetConfig is not null)
        {
            WriteNuGetConfig(nugetConfig, Path.Combine(directory, "nuget.config"), user);
        }
    }

    /// <summary>Copies a configuration: folders in it are relative to where it lay.</summary>
    private static void WriteNuGetConfig(string from, string to, ServiceUser? user)
    {
        try
        {
            var document = XDocument.Load(from);
            var home = Path.GetDirectoryName(Path.GetFullPath(from))!;
            foreach (var value in document.Descendants("packageSources").Elements("add")
                .Concat(document.Descendants("config").Elements("add"))
                .Select(one => one.Attribute("value")).OfType<XAttribute>())
            {
                if (!value.Value.Contains("://", StringComparison.Ordinal)
                    && Path.Exists(Path.Combine(home, value.Value)))
                {
                    value.Value = Path.GetFullPath(Path.Combine(home, value.Value));
                }
            }

            if (user is not null)
            {
                // Folders of packages that are there already are a short cut, and one that cannot be read an error.
                document.Descendants("fallbackPackageFolders").Elements("add")
                    .Where(one => !user.MayUse(one.Attribute("value")?.Value ?? "")).Remove();
            }

            document.Save(to);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or System.Xml.XmlException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The configuration of NuGet in '{from}' cannot be read: {failure.Message} Mend it, or name another.",
                failure);
        }
    }
}
