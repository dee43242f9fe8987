namespace EnvelopeSdk.Registry.Distribution;

/// <summary>A request that a registry refuses (distribution specification 1.1, error codes).</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="code">The specification's word for the reason.</param>
/// <param name="message">The input at fault, the reason and the cure.</param>
internal sealed class RefusedException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>What the specification wants beside the message, such as a digest.</summary>
    public IReadOnlyDictionary<string, string> Detail { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
