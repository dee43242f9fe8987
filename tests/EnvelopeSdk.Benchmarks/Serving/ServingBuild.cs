using System.Runtime.InteropServices;
using System.Text.Json;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>Makes the programs as a user would: from packages, an envelope and the template.</summary>
internal static class ServingBuild
{
    /// <summary>What the packages that are needed are made of.</summary>
    private static readonly string[] Packed =
    [
        "src/EnvelopeSdk.Runtime", "src/EnvelopeSdk.Storage", "src/EnvelopeSdk.Serving", "src/EnvelopeSdk.Service",
        "src/EnvelopeSdk", "src/EnvelopeSdk.Build", "generators/EnvelopeSdk.Generators",
        "analyzers/EnvelopeSdk.Analyzers", "analyzers/EnvelopeSdk.CodeFixes", "templates/EnvelopeSdk.Templates",
    ];

    /// <summary>Packs, saves the model and makes the projects.</summary>
    public static async Task PrepareAsync(Workshop workshop)
    {
        await workshop.DoAsync("pack", () => PackAsync(workshop));
        await workshop.DoAsync("projects", () => ServingProjects.MakeAsync(workshop));
    }

    /// <summary>Publishes a program.</summary>
    /// <returns>The command that starts it.</returns>
    public static async Task<IReadOnlyList<string>> PublishAsync(
        Workshop workshop, Contestant contestant, ServingForm form)
    {
        var output = workshop.PathOf("out", $"{contestant.Project}-{form.Name}");
        string[] native = form == ServingForm.Native
            ? ["-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true"]
            : [];
        await workshop.DoAsync($"publish {contestant.Project} {form.Name}", () => workshop.RunAsync(
            contestant.Project, ["dotnet", "publish", "-c", "Release", "-o", output, .. native]));
        var program = Path.Combine(output, contestant.Project);
        return form == ServingForm.Native ? [program] : ["dotnet", program + ".dll"];
    }

    private static async Task PackAsync(Workshop workshop)
    {
        workshop.Remove("feed");
        var packages = Directory.CreateDirectory(workshop.PathOf("packages")).FullName;
        foreach (var stale in Directory.GetDirectories(packages, "envelopesdk*"))
        {
            // Else it would be taken in place of the new one, which has the same version.
            Directory.Delete(stale, recursive: true);
        }

        var filter = workshop.PathOf("Packed.slnf");
        var path = Path.Combine(workshop.Repository, "EnvelopeSdk.sln");
        await File.WriteAllTextAsync(
            filter, JsonSerializer.Serialize(new { solution = new { path, projects = Packed.Select(Named) } }));
        await workshop.PackAsync("dotnet", "pack", filter, "-c", "Release", "-o", workshop.PathOf("feed"));
    }

    /// <summary>A project as the solution names it.</summary>
    private static string Named(string folder) => $"{folder}/{Path.GetFileName(folder)}.csproj".Replace('/', '\\');
}
