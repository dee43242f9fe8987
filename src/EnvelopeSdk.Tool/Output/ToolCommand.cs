using System.CommandLine;

namespace EnvelopeSdk.Tool.Output;

/// <summary>A command with the examples that its help ends with.</summary>
internal sealed class ToolCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    /// <summary>Whole lines, as they are typed.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
