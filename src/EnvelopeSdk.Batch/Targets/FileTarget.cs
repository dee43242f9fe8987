using System.Security.Cryptography;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Parquet;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Targets;

/// <summary>A file of rows.</summary>
internal sealed class FileTarget : JobTarget
{
    /// <summary>Some disks keep times in steps of so much.</summary>
    private static readonly TimeSpan CoarsestTime = TimeSpan.FromSeconds(2);

    private readonly TableFormat _format;
    private readonly bool _isOutput;

    /// <exception cref="EnvelopeException">It is no file that can be written.</exception>
    public FileTarget(string output, string option)
    {
        if (output.Length == 0)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"{option} names no file.");
        }

        Name = Path.GetFullPath(output);
        _isOutput = option == OutputOption;
        _format = TableFormat.OfWritten(output) ?? throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{output}' is no file that can be written. Let {option} end with one of "
            + $"{TableFormat.AllEndings}, or name a table of a database, as in 'prices.duckdb#prices'.");
    }

    public override string Name { get; }

    public override string WorkPath => Name;

    public override bool IsThere => File.Exists(Name);

    /// <summary>Where it is said what wrote it.</summary>
    public string Manifest => WorkFolder.ManifestOf(Name);

    /// <summary>What wrote it; null when it is not there as that left it, or nobody knows.</summary>
    public RunManifest? Read() => File.Exists(Name)
        && WholeFile.Read(Manifest, RunJsonContext.Default.RunManifest) is { } read && IsAsLeft(read) ? read : null;

    private bool IsAsLeft(RunManifest read) => read.Bytes == new FileInfo(Name).Length
        && (File.GetLastWriteTimeUtc(Name) - read.Written)?.Duration() < CoarsestTime;

    public override void EnsureFree(BatchOptions options, IReadOnlyList<Column> columns)
    {
        if (options.Append)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"--append is for tables of databases, and '{Name}' is a file. Let each run have a file of its own in "
                + "a folder: they are read together.");
        }

        if (Directory.Exists(Name))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch, $"'{Name}' is a folder, and a file is to be written. Name another output.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Name)!);
        if (!options.Overwrite && File.Exists(Name))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"'{Name}' is there, and not of this job, or changed since. Name another output, or say --overwrite.");
        }
    }

    /// <summary>What is in a file, in short.</summary>
    public static string DigestOf(string path)
    {
        using var content = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
    }

    /// <summary>Puts files of rows together as one, unless an earlier run has done so where the files are.</summary>
    public void Merge(DuckTables tables, IReadOnlyList<string> parts, string path)
    {
        var isThere = Path.GetDirectoryName(parts[0]) == Path.GetDirectoryName(path);
        if (isThere && File.Exists(path))
        {
            return; // it may have been the only part
        }

        if (parts.FirstOrDefault(part => !File.Exists(part)) is { } gone)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"The finished part '{gone}' is gone: the output that was made of it may have been removed. Remove the "
                + "folder of the part, and run the job again.");
        }

        var isWhole = parts is [_] && _format == TableFormat.Parquet;
        if (isWhole && isThere)
        {
            File.Move(parts[0], path, overwrite: true);
            return;
        }

        WholeFile.Write(path, partial =>
        {
            if (isWhole)
            {
                File.Copy(parts[0], partial);
            }
            else
            {
                Write(tables, parts, partial);
            }
        });
    }

    private void Write(DuckTables tables, IReadOnlyList<string> parts, string path)
    {
        try
        {
            if (_format != TableFormat.Parquet || !ParquetMerge.TryWrite(parts, path))
            {
                _format.Write(tables, $"SELECT * FROM {TableFormat.ScanParquet(parts)}", path, asText: !_isOutput);
            }
        }
        catch (Exception failure) when (
            failure is InvalidDataException or DuckException { IsOfDisk: false, IsForNow: false, IsOfValue: false })
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"The finished parts in '{Path.GetDirectoryName(parts[0])}' are damaged: "
                + $"{failure.Message.TrimEnd('.')}. Remove that folder, and run the job again.",
                failure);
        }
    }
}
