namespace EnvelopeSdk.Envelopes;

/// <summary>
/// Where an envelope was saved, as far as it is an input of the training: the same model saved from another commit or
/// on another run-time is another envelope. Time, host, folder, user and CI job are in the journal.
/// </summary>
public sealed record Provenance
{
    /// <summary>The run-time: <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The run-time identifier of the process: <c>linux-x64</c>.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The state of the git repository around the training program, if there is one.</summary>
    public GitState? Git { get; init; }
}
