namespace EnvelopeSdk.Tool.Feeds;

/// <summary>The configuration of NuGet that holds in the current directory, but for that of the user.</summary>
internal static class NearestConfig
{
    private static readonly string[] Names = ["nuget.config", "NuGet.config", "NuGet.Config"];

    /// <returns>Null when there is none in it and above.</returns>
    public static string? Find()
    {
        for (var at = Directory.GetCurrentDirectory(); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Names.Select(name => Path.Combine(at, name)).FirstOrDefault(File.Exists) is { } file)
            {
                return file;
            }
        }

        return null;
    }
}
