using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Where the answers go: a file of rows with a manifest beside it, which come when all is there.</summary>
internal sealed class BatchTarget
{
    private const string Merged = "output";
    private const string ManifestFile = "manifest.json";

    private readonly string _output;
    private readonly TableFormat _format;

    /// <exception cref="EnvelopeException">It is no file that can be written.</exception>
    public BatchTarget(string output, string option)
    {
        if (output.Length == 0)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"{option} names no file.");
        }

        _output = Path.GetFullPath(output);
        _format = TableFormat.OfWritten(output) ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{output}' is no file that can be written. Let {option} end with one of "
            + $"{TableFormat.AllEndings}.");
    }

    public string FullPath => _output;

    private string Manifest => _output + "." + ManifestFile;

    /// <summary>What wrote it; null when it is not there, or nobody knows.</summary>
    public RunManifest? Read() =>
        File.Exists(_output) ? WorkFolder.Read(Manifest, RunJsonContext.Default.RunManifest) : null;

    /// <summary>Keeps a job from what is there already.</summary>
    /// <exception cref="EnvelopeException">Something else is there.</exception>
    public void EnsureFree(bool overwrite)
    {
        if (Directory.Exists(_output))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch, $"'{_output}' is a folder, and a file is to be written. Name another output.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_output)!);
        if (!overwrite && File.Exists(_output))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{_output}' is there, and not of this job. Name another output, or say --overwrite.");
        }
    }

    /// <summary>Ends what a run had begun that was killed while its output came into its place.</summary>
    /// <returns>What it did; null when it had not come that far.</returns>
    public RunManifest? Recover(WorkFolder work, IReadOnlyList<Beside> beside, string job)
    {
        var manifest = WorkFolder.Read(work.At(ManifestFile), RunJsonContext.Default.RunManifest);
        if (manifest?.Id != job || File.Exists(work.At(Merged)) || !File.Exists(_output))
        {
            return null;
        }

        Finish(work, beside, manifest);
        return manifest;
    }

    /// <summary>
    /// Puts the finished parts of a job together, and what it did beside them. It has happened when the output is in
    /// its place: the rest is done by the next run if this one is killed.
    /// </summary>
    public void Publish(
        DuckTables tables, WorkFolder work, IReadOnlyList<string> parts, IReadOnlyList<Beside> beside,
        RunManifest manifest)
    {
        Merge(tables, parts, work.At(Merged));
        foreach (var one in beside.Where(one => one.Parts.Count > 0))
        {
            one.Target.Merge(tables, one.Parts, work.At(one.Name));
        }

        work.Write(ManifestFile, manifest, RunJsonContext.Default.RunManifest);
        File.Delete(Manifest); // of what was there, which is no more
        File.Move(work.At(Merged), _output, overwrite: true);
        Finish(work, beside, manifest);
    }

    /// <summary>Puts files of rows together as one, unless an earlier run has done so.</summary>
    private void Merge(DuckTables tables, IReadOnlyList<string> parts, string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        if (parts is [var only] && _format == TableFormat.Parquet)
        {
            File.Move(only, path, overwrite: true);
            return;
        }

        WorkFolder.Write(path, partial => tables.Run(
            $"COPY (SELECT * FROM {TableFormat.Parquet.Scan(parts)}) TO {DuckTables.Quoted(partial)} "
            + $"({_format.CopyOptions})"));
    }

    /// <summary>May be done again from any point at which it was killed.</summary>
    private void Finish(WorkFolder work, IReadOnlyList<Beside> beside, RunManifest manifest)
    {
        foreach (var one in beside)
        {
            if (File.Exists(work.At(one.Name)))
            {
                File.Move(work.At(one.Name), one.Target.FullPath, overwrite: true);
            }
            else if (one.Target.FullPath != manifest.Quarantine && one.Target.FullPath != manifest.Log)
            {
                File.Delete(one.Target.FullPath); // of another job: this one has no such file
            }
        }

        File.Move(work.At(ManifestFile), Manifest, overwrite: true);
        work.Remove();
    }

    /// <summary>A file that comes beside the output.</summary>
    /// <param name="Name">What it is called until then.</param>
    /// <param name="Target">The file.</param>
    /// <param name="Parts">Its parts; none if there is to be no file.</param>
    internal sealed record Beside(string Name, BatchTarget Target, IReadOnlyList<string> Parts);
}
