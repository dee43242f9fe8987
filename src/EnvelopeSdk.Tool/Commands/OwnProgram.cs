namespace EnvelopeSdk.Tool.Commands;

/// <summary>This program.</summary>
internal static class OwnProgram
{
    /// <summary>How it is started: by itself, or by <c>dotnet</c> with its assembly.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            var program = Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program) == "dotnet"
                ? [program, Path.Combine(AppContext.BaseDirectory, "envelope.dll")]
                : [program];
        }
    }
}
