using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What several commands take.</summary>
internal static class Arguments
{
    public static Argument<string> Reference() => new("envelope")
    {
        Description = "A name (the newest envelope of it), name@sha256:..., or the path of a .envelope file.",
    };
}
