using EnvelopeSdk.Batch.Databases;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Targets;

/// <content>How what was done comes into its places.</content>
internal sealed partial class JobTargets
{
    private const string Merged = "output";

    /// <summary>Ends what a run had begun that was killed while its output came into its place.</summary>
    /// <returns>What it did; null when it had not come that far.</returns>
    public RunManifest? Recover(WorkFolder work, string job)
    {
        var manifest = work.Manifest;
        if (manifest?.Id != job || !IsCommitted(work, manifest))
        {
            return null;
        }

        Finish(work, manifest);
        return manifest;
    }

    /// <summary>Puts the finished parts of a job together, and what it did beside them.</summary>
    /// <param name="tables">The engine.</param>
    /// <param name="work">Where the parts are.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="options">Whether rows of a table stay that are there.</param>
    /// <param name="manifest">What was done.</param>
    /// <returns>The same, with the size of the output.</returns>
    public RunManifest Publish(
        DuckTables tables, WorkFolder work, IReadOnlyList<PartCounts> parts, BatchOptions options, RunManifest manifest)
    {
        var job = manifest.Id;
        var all = All.Select(one => (Target: one, Parts: PartsOf(one, work, parts))).ToList();
        foreach (var (target, files) in all)
        {
            if (target is FileTarget file && files.Count > 0)
            {
                file.Merge(tables, files, WholeOf(file, work, job));
            }
            else if (target is FileTarget none)
            {
                File.Delete(WholeOf(none, work, job)); // of an earlier run, which had some
            }
        }

        manifest = manifest with
        {
            Bytes = Output is FileTarget ? new FileInfo(work.At(Merged)).Length : null,
            Written = Output is FileTarget ? File.GetLastWriteTimeUtc(work.At(Merged)) : null,
            QuarantineDigest = DigestOf(_quarantine, work, job),
            LogDigest = DigestOf(_log, work, job),
        };
        EnsureStillFree(options);
        work.Manifest = manifest;
        if (Output is FileTarget output)
        {
            File.Delete(output.Manifest); // of what was there, which is no more
            File.Move(work.At(Merged), output.Name, options.Overwrite);
        }
        else
        {
            _database!.Write(
                tables,
                [
                    .. all.Where(one => one.Target is TableTarget).Select(one => new TableRows(
                        ((TableTarget)one.Target).Table.Table,
                        one.Parts.Count == 0 ? null : $"SELECT * FROM {TableFormat.ScanParquet(one.Parts)}")),
                ],
                options, manifest);
        }

        Finish(work, manifest);
        return manifest;
    }

    /// <summary>Looks once more: rows were answered for hours.</summary>
    /// <exception cref="EnvelopeException">Somebody has put a file there since, which nobody said may go.</exception>
    private void EnsureStillFree(BatchOptions options)
    {
        if (!options.Overwrite && All.OfType<FileTarget>().FirstOrDefault(one => one.IsThere) is { } come)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{come.Name}' came there while rows were answered, and is not of this job. Take it away, and run the "
                + "job again: all parts are finished, and are kept.");
        }
    }

    /// <summary>May be done again from any point at which it was killed.</summary>
    private void Finish(WorkFolder work, RunManifest manifest)
    {
        foreach (var one in All.OfType<FileTarget>().Where(one => one != Output))
        {
            if (WholeOf(one, work, manifest.Id) is var whole && File.Exists(whole))
            {
                File.Move(whole, one.Name, overwrite: true);
            }
            else if (one.Name != manifest.Quarantine && one.Name != manifest.Log)
            {
                File.Delete(one.Name); // of another job: this one has no such file
            }
        }

        if (Output is FileTarget output)
        {
            work.MoveManifest(output.Manifest);
        }

        work.Remove();
    }

    private bool IsCommitted(WorkFolder work, RunManifest manifest) => Output is FileTarget output
        ? !File.Exists(work.At(Merged)) && output.IsThere && new FileInfo(output.Name).Length == manifest.Bytes
        : _database!.Find(manifest.Job)?.Finished == manifest.Finished; // an earlier run may have left one, and no rows

    private IReadOnlyList<string> PartsOf(JobTarget target, WorkFolder work, IReadOnlyList<PartCounts> parts)
    {
        var numbers = Enumerable.Range(0, parts.Count);
        return target == Output ? [.. numbers.Select(work.PartOf)]
            : target == _log ? [.. numbers.Select(work.LogPartOf)]
            : [.. numbers.Where(one => parts[one].Bad > 0).Select(work.BadPartOf)];
    }

    private string? DigestOf(JobTarget? target, WorkFolder work, string job) =>
        target is FileTarget file && WholeOf(file, work, job) is var whole && File.Exists(whole)
            ? FileTarget.DigestOf(whole) : null;

    /// <summary>Where all rows of a file are before they come into its place: on its disk, to do so at once.</summary>
    private string WholeOf(FileTarget target, WorkFolder work, string job) =>
        target == Output ? work.At(Merged) : _held[target].WholeOf(job);

    private static IEnumerable<TableTarget> TablesOf(IEnumerable<JobTarget> targets) => targets.OfType<TableTarget>();
}
