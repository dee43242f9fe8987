using System.Reflection;
using System.Security;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>The projects as a user has them: with packages, an envelope, and a service from the template.</summary>
internal static class ServingProjects
{
    private static readonly string[] Copied = ["Model", "Train", "Peer", "Ceiling"];

    private static readonly string Version = typeof(ServingProjects).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Saves the model, and makes the projects of all programs.</summary>
    public static async Task MakeAsync(Workshop workshop)
    {
        await WriteSettingsAsync(workshop);
        foreach (var project in Copied.Select(name => Workshop.ProjectPrefix + name))
        {
            workshop.Remove(project);
            Copy(Path.Combine(workshop.Repository, "tests", project), workshop.PathOf(project));
        }

        await workshop.RunAsync(Workshop.ProjectPrefix + "Train", "dotnet", "run", "-c", "Release");
        workshop.Remove("hive");
        workshop.Remove(Contestant.Service.Project);
        var templates = Directory.EnumerateFiles(workshop.PathOf("feed"), "EnvelopeSdk.Templates.*.nupkg").Single();
        string[] hive = ["--debug:custom-hive", workshop.PathOf("hive")];
        await workshop.RunAsync("", ["dotnet", "new", "install", templates, .. hive]);
        await workshop.RunAsync(
            "",
            ["dotnet", "new", "envelope-service", "-n", Contestant.Service.Project, "--envelope", "measured", .. hive]);
    }

    /// <summary>
    /// Settings for all projects, which also stop the search for those of directories above. The usual package cache is
    /// read, so that nothing is downloaded twice.
    /// </summary>
    private static async Task WriteSettingsAsync(Workshop workshop)
    {
        await File.WriteAllTextAsync(workshop.PathOf("Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <EnvelopeSdkVersion>{Version}</EnvelopeSdkVersion>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(workshop.PathOf("Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(workshop.PathOf("Directory.Packages.props"), "<Project />");
        var usual = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var isPure = Directory.Exists(usual) && Directory.GetDirectories(usual, "envelopesdk*").Length == 0;
        var read = isPure ? $"""<add key="usual" value="{SecurityElement.Escape(usual)}" />""" : "";
        await File.WriteAllTextAsync(workshop.PathOf("nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{SecurityElement.Escape(workshop.PathOf("feed"))}" />
              </packageSources>
              <fallbackPackageFolders>{read}</fallbackPackageFolders>
            </configuration>
            """);
    }

    private static void Copy(string from, string to)
    {
        var files = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(SourceDigest.IsSource))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
