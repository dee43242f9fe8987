using System.Text.Json;

namespace EnvelopeSdk.Registries;

/// <summary>Something that happened to an envelope of a registry, to a deployment of it, or to a batch.</summary>
/// <param name="Id">Its place: later ones have greater ids.</param>
/// <param name="Kind">What happened, one of <see cref="RegistryEventKind"/>.</param>
/// <param name="Name">The name of the envelope; of a batch, its own.</param>
/// <param name="Digest">
/// The digest of the envelope; null: the run of a batch ended before it had found its envelope.
/// </param>
/// <param name="Subject">
/// The tag or metric; of a deployment, the name of its configuration; of a batch, the name of the envelope, or null.
/// </param>
/// <param name="Step">
/// The step of a metric that makes a series; of a deployment, its id; of a batch, that of the run.
/// </param>
/// <param name="Value">
/// What the tag or metric is since; null where it was taken away. Of a deployment or batch, why: a string, or null.
/// </param>
/// <param name="Who">
/// Who did it, as the journal says, or had asked for the run; null when it does not say, or the registry did it.
/// </param>
/// <param name="Time">When, in UTC.</param>
public sealed record RegistryEvent(
    long Id, string Kind, string Name, string? Digest, string? Subject, long? Step, JsonElement? Value, string? Who,
    DateTimeOffset Time);

/// <summary>What can happen to an envelope, a deployment or a batch.</summary>
public static class RegistryEventKind
{
    /// <summary>It was saved, perhaps once more.</summary>
    public const string Saved = "saved";

    /// <summary>A tag was set or taken away.</summary>
    public const string Tagged = "tagged";

    /// <summary>A metric was recorded. Of many steps of a series that come at once, the last is told.</summary>
    public const string MetricRecorded = "metric-recorded";

    /// <summary>It was deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>It is to be deployed.</summary>
    public const string DeploymentRequested = "deployment-requested";

    /// <summary>A deployment of it may go on: somebody has approved it, or nobody had to.</summary>
    public const string DeploymentApproved = "deployment-approved";

    /// <summary>A deployment of it has got all requests.</summary>
    public const string DeploymentLive = "deployment-live";

    /// <summary>A deployment of it has failed.</summary>
    public const string DeploymentFailed = "deployment-failed";

    /// <summary>A deployment of it that ran was taken back.</summary>
    public const string DeploymentRolledBack = "deployment-rolled-back";

    /// <summary>The table of a batch is there.</summary>
    public const string BatchSucceeded = "batch-succeeded";

    /// <summary>A run of a batch has failed, however often it was tried.</summary>
    public const string BatchFailed = "batch-failed";

    /// <summary>The time of a batch came while another run of it was under way.</summary>
    public const string BatchSkipped = "batch-skipped";

    /// <summary>Those of batches.</summary>
    public static readonly IReadOnlyList<string> OfBatches = [BatchSucceeded, BatchFailed, BatchSkipped];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Saved, Tagged, MetricRecorded, Deleted, DeploymentRequested, DeploymentApproved, DeploymentLive,
        DeploymentFailed, DeploymentRolledBack, BatchSucceeded, BatchFailed, BatchSkipped,
    ];
}
