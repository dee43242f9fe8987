using System.Xml.Linq;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>The project of a service: what <c>dotnet new envelope-service</c> makes, with an envelope beside it.</summary>
internal static class ServiceProject
{
    public const string Name = "Service";

    /// <summary>The assembly of a program that was built.</summary>
    public const string Assembly = Name + ".dll";

    private static readonly string[] Files = ["Program.cs", "appsettings.json"];

    /// <summary>Writes it.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="archive">The file of the envelope, in the directory.</param>
    /// <param name="platform">The version of EnvelopeSdk.Service.</param>
    /// <param name="nugetConfig">The configuration of NuGet; null: that of the user.</param>
    /// <param name="user">Who builds it; null: the registry's user.</param>
    public static void Write(
        string directory, string archive, string platform, string? nugetConfig, ServiceUser? user)
    {
        var project = new XElement(
            "Project", new XAttribute("Sdk", $"EnvelopeSdk.Service/{platform}"),
            new XElement("ItemGroup", new XElement("Envelope", new XAttribute("Include", archive))));
        File.WriteAllText(Path.Combine(directory, $"{Name}.csproj"), project.ToString());
        foreach (var file in Files)
        {
            using var from = typeof(ServiceProject).Assembly.GetManifestResourceStream($"service/{file}")!;
            using var to = File.Create(Path.Combine(directory, file));
            from.CopyTo(to);
        }

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
                if (!value.Value.Contains("://", StringComparison.Ordinal) && Path.Exists(Path.Combine(home, value.Value)))
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
