namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>A step of the quick start failed.</summary>
/// <param name="message">What failed.</param>
/// <param name="output">What the step printed.</param>
internal sealed class StepException(string message, string output) : Exception(message)
{
    public string Output { get; } = output;
}
