using System.Reflection;

namespace EnvelopeSdk.Vocabulary;

/// <summary>The pages that explain errors and warnings.</summary>
internal static class HelpPages
{
    private static readonly string Version = typeof(HelpPages).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// The address of the page of an error, as this version has it: it lies under the tag of the version, which no
    /// later change moves.
    /// </summary>
    public static string Of(string id) =>
        $"https://github.com/EnvelopeSdk/EnvelopeSdk/blob/v{Version}/analyzers/docs/{id}.md";
}
