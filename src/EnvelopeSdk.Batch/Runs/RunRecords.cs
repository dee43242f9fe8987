using System.Text.Json.Serialization;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>A part of a job that is finished.</summary>
/// <param name="Rows">How many rows it read.</param>
/// <param name="Bad">How many of them could not be answered.</param>
internal sealed record PartCounts(long Rows, long Bad);

/// <summary>What a job did, beside its output.</summary>
/// <param name="Job">What it is made of.</param>
/// <param name="Id">The id of that.</param>
/// <param name="Rows">How many rows it read.</param>
/// <param name="Answered">How many of them are in the output.</param>
/// <param name="Bad">How many could not be answered.</param>
/// <param name="Output">The output.</param>
/// <param name="Quarantine">Where the others are; absent if there are none.</param>
/// <param name="Log">Where calls are kept; absent if they are not.</param>
/// <param name="Finished">When it ended.</param>
/// <param name="Seconds">How long its last run took.</param>
internal sealed record RunManifest(
    JobIdentity Job, string Id, long Rows, long Answered, long Bad, string Output, string? Quarantine,
    string? Log, DateTime Finished, double Seconds)
{
    /// <summary>How many bytes the output has; absent if it is a table.</summary>
    public long? Bytes { get; init; }

    /// <summary>When it was written; absent if it is a table.</summary>
    public DateTime? Written { get; init; }

    /// <summary>What is in the file of the rows that could not be answered, in short; absent without one.</summary>
    public string? QuarantineDigest { get; init; }

    /// <summary>What is in the file of calls, in short; absent without one.</summary>
    public string? LogDigest { get; init; }

    /// <summary>Whether nothing was done now, since it was before; absent in what is kept of a job.</summary>
    public bool? Before { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobIdentity))]
[JsonSerializable(typeof(PartCounts))]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
