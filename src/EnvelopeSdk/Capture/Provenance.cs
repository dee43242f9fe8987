using System.Runtime.InteropServices;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Where an envelope was saved. It is part of what is hashed: the same model saved from another commit, on another
/// run-time or by another CI job is another envelope. Time and host name are not recorded here, so that saving twice in
/// the same place gives the same envelope.
/// </summary>
public sealed record Provenance
{
    /// <summary>The run-time: <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The run-time identifier of the process: <c>linux-x64</c>.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The state of the git repository around the training program, if there is one.</summary>
    public GitState? Git { get; init; }

    /// <summary>The CI job that ran the training program, if one did.</summary>
    public CiJob? Ci { get; init; }

    internal static async Task<Provenance> CaptureAsync(CancellationToken cancellationToken) => new()
    {
        Runtime = RuntimeInformation.FrameworkDescription,
        RuntimeIdentifier = RuntimeInformation.RuntimeIdentifier,
        Git = await GitState.CaptureAsync(AppContext.BaseDirectory, cancellationToken),
        Ci = CiJob.Capture(Environment.GetEnvironmentVariable),
    };
}
