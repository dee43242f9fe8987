namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>A test that is skipped when the tools of npm are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    // The last one in its version 5, which the others ask for.
    private static readonly string[] Packages =
        ["@apidevtools/swagger-parser", "@oazapfts/runtime", "@redocly/cli", "@stoplight/spectral-cli", "oazapfts", "openapi-typescript", "typescript"];

    /// <summary>The directory of all the packages, beside a directory of the path that has their commands; null when there is none.</summary>
    public static string? Modules { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(path => new[] { Path.Combine(path, ".."), Path.Combine(path, "..", "lib", "node_modules") })
        .FirstOrDefault(modules => Packages.All(package => Directory.Exists(Path.Combine(modules, package))));

    public ToolFactAttribute() =>
        Skip = Modules is null ? "Tools are not installed: npm install -g " + string.Join(' ', Packages) + "@5" : null;
}
