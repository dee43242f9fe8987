using System.Text.Json.Serialization;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Batches;

/// <summary>What a batch says: which envelope answers the rows of which table, where the answers go, and when.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchSettings
{
    /// <summary>
    /// The envelope: <c>name</c>, of which a run takes the newest when it starts, or <c>name@sha256:...</c>; null: the
    /// rule says it.
    /// </summary>
    public string? Envelope { get; init; }

    /// <summary>Which envelope a run takes when it starts: the newest that fits; null: it is named.</summary>
    public RuleSettings? Rule { get; init; }

    /// <summary>What runs the jobs, one of <see cref="BatchRuntime"/>.</summary>
    public string Runtime { get; init; } = BatchRuntime.Process;

    /// <summary>How the images of jobs are made, where a cluster runs them.</summary>
    public ImageSettings Image { get; init; } = new();

    /// <summary>
    /// The rows: a file, a folder, a pattern, a query of DuckDB that begins with SELECT, or <c>DATABASE#TABLE</c>.
    /// </summary>
    public required string Input { get; init; }

    /// <summary>
    /// The file of the rows with their answers, or <c>DATABASE#TABLE</c>. <c>{date}</c> (<c>2026-11-30</c>),
    /// <c>{time}</c> (<c>030000</c>) and <c>{run}</c> stand for those of the run, in UTC; also in the input.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>Whether rows are appended to those that a table has; else each run replaces what is there.</summary>
    public bool Append { get; init; }

    /// <summary>The query of the model; null: the only one.</summary>
    public string? Query { get; init; }

    /// <summary>Columns by the parameters, or members of them, that they are for.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>The columns that are kept beside the answers; none named: all.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The column of an answer that has no members; null: <c>prediction</c>.</summary>
    public string? Answer { get; init; }

    /// <summary>
    /// The file of the rows that cannot be answered, with what stands for a run as in the output; null: the first of
    /// them ends the run.
    /// </summary>
    public string? Quarantine { get; init; }

    /// <summary>How many rows may go there: a number, or a share such as <c>0.1%</c>; null: any.</summary>
    public string? MaxBad { get; init; }

    /// <summary>
    /// The file of what the model was asked and what it answered, with what stands for a run as in the output; null:
    /// none.
    /// </summary>
    public string? Log { get; init; }

    /// <summary>
    /// When it runs by itself, as cron writes it: <c>0 3 * * *</c>; null: by hand. Where a day of the month and one of
    /// the week are named, it runs on days that are both.
    /// </summary>
    public string? Cron { get; init; }

    /// <summary>The time zone of that, as IANA names it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// How often a run that failed is tried again, 0 to 10: it goes on behind what is finished, and appends no row
    /// twice.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>After how many seconds, 1 to 86,400.</summary>
    public int RetrySeconds { get; init; } = 60;

    /// <summary>After how many minutes an attempt is ended, 1 to 10,080; null: never.</summary>
    public int? TimeoutMinutes { get; init; }

    /// <summary>How many threads call the model; null: one for each processor.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The megabytes that reading and writing may take, beside the model, and on a cluster those of the whole job, of
    /// which they take a half; null: as many as a job takes.
    /// </summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Variables of the environment that the job gets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables whose values are secrets: the variable, and the name of the secret.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}

/// <summary>What can run the jobs of batches.</summary>
public static class BatchRuntime
{
    /// <summary>Processes on the machine of the registry.</summary>
    public const string Process = ServiceRuntime.Process;

    /// <summary>Jobs of a cluster.</summary>
    public const string Kubernetes = ServiceRuntime.Kubernetes;

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Process, Kubernetes];
}
