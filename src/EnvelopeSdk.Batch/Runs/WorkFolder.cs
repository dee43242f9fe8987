using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>
/// Where a job keeps its finished parts until all are there: a folder beside its output, which one run at a time has.
/// Each file in it is whole or not there.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Lock = "lock";
    private const string JobFile = "job.json";
    private const string SizeFile = "part-size.json";
    private const string ManifestFile = "manifest.json";
    private const string Parts = ".parts";
    private const string Manifests = ".manifest.json";
    private const string Whole = "whole-";

    private readonly string _path;
    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <summary>Opens the folder of an output, and removes what a killed run left half written.</summary>
    /// <exception cref="EnvelopeException">Another run has it.</exception>
    public static WorkFolder Open(string output)
    {
        var path = PathOf(output);
        try
        {
            var held = FolderLock.Hold(path, Lock);
            foreach (var left in Directory.EnumerateFiles(path, "*" + WholeFile.Partial))
            {
                File.Delete(left);
            }

            foreach (var left in Directory.EnumerateDirectories(path))
            {
                Directory.Delete(left, recursive: true); // what was too much for a memory
            }

            return new(path, held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                failure is UnauthorizedAccessException || !File.Exists(Path.Combine(path, Lock))
                    ? $"'{path}' cannot be written: {failure.Message.TrimEnd('.')}. Name a file in a folder that "
                        + "can be."
                    : $"'{path}' is in use: another run writes '{output}'. Wait for its end.",
                failure);
        }
    }

    /// <summary>The folder of an output.</summary>
    public static string PathOf(string output) => output + Parts;

    /// <summary>Where the manifest of an output is.</summary>
    public static string ManifestOf(string output) => output + Manifests;

    /// <summary>Whether a file is the manifest of an output.</summary>
    public static bool IsManifest(string file) => file.EndsWith(Manifests, StringComparison.Ordinal);

    /// <summary>Whether a folder is one of a job, whose files are no table.</summary>
    public static bool IsOne(string path) =>
        path.EndsWith(Parts, StringComparison.Ordinal) && File.Exists(Path.Combine(path, Lock));

    /// <summary>Whether a run of a job was killed while its rows came into their places.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="job">The id of the job.</param>
    public static bool IsEnding(string output, string job) => WholeFile.Read(
        Path.Combine(PathOf(output), ManifestFile), RunJsonContext.Default.RunManifest)?.Id == job;

    /// <summary>The id of the job that has it; null: none.</summary>
    public string? JobId => WholeFile.Read(At(JobFile), RunJsonContext.Default.JobIdentity)?.Id;

    /// <summary>Whether a part of the job is finished.</summary>
    public bool HasFinished => File.Exists(At(Named(0, ".json"))) || File.Exists(At(ManifestFile));

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Directory.EnumerateFileSystemEntries(_path).All(one => one == _lock.Name);

    /// <summary>A place in it.</summary>
    public string At(string name) => Path.Combine(_path, name);

    /// <summary>Where all rows of a file are that comes beside the output of a job, before it does so.</summary>
    /// <param name="job">The id of the job, whose own folder is another.</param>
    public string WholeOf(string job) => At(Whole + job);

    /// <summary>Keeps rows from being lost that a killed job has yet to put into their place.</summary>
    /// <param name="job">The id of a job whose rows may be there.</param>
    /// <param name="isRemoved">Whether those of others are removed.</param>
    /// <exception cref="EnvelopeException">There are some of another.</exception>
    public void EnsureNoneOfOthers(string job, bool isRemoved)
    {
        foreach (var whole in Directory.EnumerateFiles(_path, Whole + "*").Where(one => one != WholeOf(job)))
        {
            if (!isRemoved)
            {
                throw new EnvelopeException(
                    EnvelopeError.Mismatch,
                    $"'{_path}' has rows of another job, which was killed before they came into their place. Run that "
                    + "one again, or say --overwrite to remove them.");
            }

            File.Delete(whole);
        }
    }

    /// <summary>The database of rows that were taken once.</summary>
    public string Snapshot => At("input.duckdb");

    /// <summary>What was done, while it comes into its place.</summary>
    public RunManifest? Manifest
    {
        get => WholeFile.Read(At(ManifestFile), RunJsonContext.Default.RunManifest);
        set => Write(ManifestFile, value!, RunJsonContext.Default.RunManifest);
    }

    /// <summary>Puts the manifest into its place.</summary>
    public void MoveManifest(string place) => File.Move(At(ManifestFile), place, overwrite: true);

    /// <summary>The file of the answers of a part.</summary>
    public string PartOf(int part) => At(Named(part, ".parquet"));

    /// <summary>The answers of a part, until they are beside what is kept.</summary>
    public string Answers => At("answers" + WholeFile.Partial);

    /// <summary>The file of the rows of a part that could not be answered.</summary>
    public string BadPartOf(int part) => At(Named(part, ".bad.parquet"));

    /// <summary>The file of the calls of a part.</summary>
    public string LogPartOf(int part) => At(Named(part, ".log.parquet"));

    /// <summary>The file of the answers and calls of a part together, until they are taken apart.</summary>
    public string WholePartOf(int part) => At(Named(part, ".whole.parquet"));

    /// <summary>
    /// Which run of a job it is, whose rows may be others each time: that which is not at its end, or a new one.
    /// </summary>
    public JobIdentity RunOf(JobIdentity job)
    {
        var other = WholeFile.Read(At(JobFile), RunJsonContext.Default.JobIdentity);
        return other is { Run: { } run } && (other with { Run = null }).Id == job.Id
            ? job with { Run = run } : job with { Run = Guid.NewGuid().ToString("N") };
    }

    /// <summary>Takes it for a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">Whether parts of another are removed.</param>
    /// <exception cref="EnvelopeException">Finished parts of another job are there.</exception>
    public void Take(JobIdentity job, BatchOptions options)
    {
        var other = WholeFile.Read(At(JobFile), RunJsonContext.Default.JobIdentity);
        var isFinished = File.Exists(At(Named(0, ".json")));
        if (isFinished && other is not null && other.Id != job.Id && options is { Overwrite: false, Run: null })
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{_path}' has finished parts of another job: its input, envelope or settings were others. Run that "
                + $"one to its end, or {(options.Append ? "remove that folder" : "say --overwrite")} to begin anew.");
        }

        EnsureNoneOfOthers(job.Id, options.Overwrite);
        var beginsAnew = options is { Overwrite: true, Run: null } && job.Run is not null;
        if (other?.Id != job.Id || beginsAnew)
        {
            Clear(); // also where nothing says of which job it is
        }

        Name(job);
    }

    /// <summary>Says of which job it is, which has taken it or found nothing in it.</summary>
    public void Name(JobIdentity job) => Write(JobFile, job, RunJsonContext.Default.JobIdentity);

    /// <summary>How many rows each part of the job has, which stays as it is to its end.</summary>
    /// <param name="size">How many it shall be if nothing says so yet.</param>
    public long SizeOfParts(long size)
    {
        if (WholeFile.Read(At(SizeFile), RunJsonContext.Default.PartCounts) is { } known)
        {
            return known.Rows;
        }

        Write(SizeFile, new PartCounts(size, 0), RunJsonContext.Default.PartCounts);
        return size;
    }

    /// <summary>The parts that are finished, in their order.</summary>
    /// <param name="ranges">The rows of all parts.</param>
    /// <exception cref="EnvelopeException">They have other rows.</exception>
    public IReadOnlyList<PartCounts> Finished(IReadOnlyList<RowRange> ranges)
    {
        var finished = new List<PartCounts>();
        while (WholeFile.Read(At(Named(finished.Count, ".json")), RunJsonContext.Default.PartCounts) is { } part)
        {
            finished.Add(part);
        }

        if (finished.Count > ranges.Count || finished.Where((part, i) => part.Rows != ranges[i].Count).Any())
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The finished parts in '{_path}' have other rows than this job would give them. Remove that folder, "
                + "and run the job again.");
        }

        return finished;
    }

    /// <summary>Says that a part is finished, whose files are there.</summary>
    public void Finish(int part, PartCounts counts) =>
        Write(Named(part, ".json"), counts, RunJsonContext.Default.PartCounts);

    /// <summary>Writes a file of JSON.</summary>
    public void Write<T>(string name, T value, JsonTypeInfo<T> type) =>
        WholeFile.Write(At(name), path => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(value, type)));

    /// <summary>Removes it.</summary>
    public void Remove()
    {
        Clear();
        if (Directory.EnumerateFiles(_path, Whole + "*").Any())
        {
            Dispose(); // another job has to put them into their place
            return;
        }

        foreach (var below in Directory.EnumerateDirectories(_path))
        {
            Directory.Delete(below, recursive: true);
        }

        TryRemoveEmpty(); // while it is held: another that comes then may hold what is to go
        _lock.Dispose();
        if (OperatingSystem.IsWindows())
        {
            Directory.Delete(_path, recursive: true); // where nothing goes that is held
        }
    }

    /// <summary>Leaves it, and removes it if nothing is in it.</summary>
    public void Dispose()
    {
        if (_lock.CanWrite && IsEmpty)
        {
            TryRemoveEmpty();
        }

        _lock.Dispose();
    }

    /// <summary>First the file, while it is held: who makes another in the folder keeps the folder.</summary>
    private void TryRemoveEmpty()
    {
        try
        {
            File.Delete(_lock.Name);
            Directory.Delete(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // it is of use to somebody else, or cannot be removed while it is held
        }
    }

    /// <summary>First what says of which job it is: what is left then is nobody's.</summary>
    private void Clear()
    {
        File.Delete(At(JobFile));
        File.Delete(At(ManifestFile)); // which says that all is done but for what is there
        foreach (var file in Directory.EnumerateFiles(_path).Where(
            one => one != _lock.Name && !Path.GetFileName(one).StartsWith(Whole, StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    }

    private static string Named(int part, string ending) =>
        string.Create(CultureInfo.InvariantCulture, $"part-{part:00000}{ending}");
}
