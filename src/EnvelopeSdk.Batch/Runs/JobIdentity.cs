using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Targets;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>What a job is made of: two with the same identity give the same rows.</summary>
/// <param name="Envelope">The envelope, with its digest.</param>
/// <param name="Query">The query of its model.</param>
/// <param name="Input">What was given as the input; of a database, with the full path of its file.</param>
/// <param name="Files">The files that it stands for, with the digest of what is in them; none for a query.</param>
/// <param name="Map">
/// Columns by the parameters that they are for, however they were found; of a query, which may have others each time,
/// those that were named.
/// </param>
/// <param name="Key">The columns that are kept, as files call them; all if there is none.</param>
/// <param name="Answer">The column of an answer that has no members.</param>
/// <param name="Quarantine">Where rows go that cannot be answered; absent if the first ends the job.</param>
/// <param name="Log">Where calls are kept; absent if they are not.</param>
/// <param name="Shard">Which part of the rows it has, as in <c>2/8</c>; all if absent.</param>
/// <param name="Run">
/// Which run it is of several that are asked alike, and may be answered otherwise each time; absent for files.
/// </param>
internal sealed record JobIdentity(
    string Envelope, string Query, string Input, IReadOnlyDictionary<string, string> Files,
    IReadOnlyDictionary<string, string> Map, IReadOnlyList<string> Key, string Answer, string? Quarantine,
    string? Log, string? Shard, string? Run)
{
    /// <summary>Reads the files.</summary>
    public static async Task<JobIdentity> OfAsync(
        string envelope, RowPlan plan, BatchOptions options, JobTargets targets, TableSource source,
        FileDigests digests)
    {
        var files = await digests.OfAsync(source.Files);
        return new(
            envelope, plan.Query.Name, files.Count > 0 ? options.Input : AddressOf(options.Input), files,
            files.Count > 0 ? plan.Places : new SortedDictionary<string, string>(
                options.Map.ToDictionary(), StringComparer.Ordinal),
            files.Count > 0 ? plan.Key : options.Key,
            options.Answer, targets.QuarantineName, targets.LogName, options.Shard?.ToString(), Run: null);
    }

    /// <summary>The same of another folder would be another database.</summary>
    private static string AddressOf(string input) => DatabaseTable.Parse(input)?.ToString() ?? input;

    /// <summary>Tells it from others. Which files are read is the same however they were named.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        Files.Count > 0 ? this with { Input = "" } : this, RunJsonContext.Default.JobIdentity)));

    /// <summary>Tells its rows from those of others: they are the same wherever what is beside them goes.</summary>
    [JsonIgnore]
    public string RowsId => (this with { Quarantine = null, Log = null }).Id;
}
