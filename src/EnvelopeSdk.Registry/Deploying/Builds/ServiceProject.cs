using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>
/// The project of a service: what <c>dotnet new envelope-service</c> makes, with an envelope beside it.
/// </summary>
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
        EnvelopeProject.Write(directory, Name, $"EnvelopeSdk.Service/{platform}", archive, nugetConfig, user);
        foreach (var file in Files)
        {
            using var from = typeof(ServiceProject).Assembly.GetManifestResourceStream($"service/{file}")!;
            using var to = File.Create(Path.Combine(directory, file));
            from.CopyTo(to);
        }
    }
}
