using EnvelopeSdk.Batch.Databases;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Sources;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Targets;

/// <summary>
/// What a job writes: its output, and beside it the rows that could not be answered and the log. All of it comes when
/// it is there: with the output in its place, or in the one transaction of a database, and the rest is done by the next
/// run if this one is killed.
/// </summary>
internal sealed partial class JobTargets : IDisposable
{
    private readonly JobTarget? _quarantine;
    private readonly JobTarget? _log;
    private readonly Dictionary<JobTarget, WorkFolder> _held = [];
    private readonly bool _append;
    private JobDatabase? _database;

    /// <exception cref="EnvelopeException">One cannot be written, or two are one.</exception>
    public JobTargets(BatchOptions options)
    {
        var folder = Path.GetFullPath(options.Spill ?? ".");
        Output = JobTarget.Of(options.Output, JobTarget.OutputOption, folder);
        _append = options.Append && Output is TableTarget; // files are refused, once it is known whether they are there
        _quarantine = options.Quarantine is { } quarantine ? JobTarget.Of(quarantine, "--quarantine", folder) : null;
        _log = options.Log is { } log ? JobTarget.Of(log, "--log", folder) : null;
        if (All.GroupBy(one => one.Identity).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{same.First().Name}' cannot be several of --output, --quarantine and --log. Name a place for each.");
        }

        if (All.Select(one => one.WorkPath).FirstOrDefault(FilePattern.IsWild) is { } wild)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The path '{wild}' of what is written has one of the characters *, ? and [, and would be read as a "
                + "pattern of other files. Name a place without them.");
        }

        if (!File.Exists(options.Input) && DatabaseTable.Parse(options.Input) is { } input
            && TablesOf(All).Any(one => one.Table.IsSame(input)))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{options.Input}' is what the job writes itself. Name another table.");
        }

        var database = (Output as TableTarget)?.Table.Address;
        if (TablesOf(All).FirstOrDefault(one => one.Table.Address != database) is { } other)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{other.Name}' can be a table only where --output is one of the same database: both come at once. "
                + "Name a file for it.");
        }
    }

    public JobTarget Output { get; }

    /// <summary>Where rows are that could not be answered.</summary>
    public string? QuarantineName => _quarantine?.Name;

    /// <summary>Where calls are kept.</summary>
    public string? LogName => _log?.Name;

    private IEnumerable<JobTarget> All => new[] { Output, _quarantine, _log }.OfType<JobTarget>();

    /// <summary>Opens the database, if there is one.</summary>
    /// <exception cref="EnvelopeException">It cannot be, or another job writes the table.</exception>
    public void Open(DuckTables tables)
    {
        if (Output is not TableTarget output)
        {
            return;
        }

        _database = JobDatabase.Open(tables, output.Table);
        foreach (var one in TablesOf(All))
        {
            one.Database = _database;
        }
    }

    /// <summary>Keeps what is beside the output from other runs, as the folder of the job does the output.</summary>
    /// <param name="job">The id of the job.</param>
    /// <param name="options">Whether rows of others go that were killed before they had put them there.</param>
    /// <exception cref="EnvelopeException">Another run writes it, or has to put its rows there yet.</exception>
    public void Hold(string job, BatchOptions options)
    {
        foreach (var one in All.Where(one => one != Output && !_held.ContainsKey(one)))
        {
            _held.Add(one, WorkFolder.Open(one.WorkPath));
            _held[one].EnsureNoneOfOthers(job, options.Overwrite);
        }
    }

    /// <summary>Whether all that is written is one file, which is not there: no job has done it.</summary>
    public bool IsNewFile => _quarantine is null && _log is null && Output is FileTarget { IsThere: false };

    /// <summary>Whether a file is one of them, or has one, or is a part of one.</summary>
    public bool Has(string file)
    {
        var real = RealOf(file);
        return All.Any(one => ((one as TableTarget)?.Table.Address ?? one.Name) is var own
            && (own == file || RealOf(own) == real
                || Path.GetDirectoryName(file) == WorkFolder.PathOf(one.WorkPath)));
    }

    /// <summary>A file by the way that leads to it without links: by another it would be read and replaced.</summary>
    private static string RealOf(string path) => RealPath.Of(path) ?? path;

    /// <summary>What a job did, all of whose rows are there still.</summary>
    /// <param name="job">The job.</param>
    /// <returns>
    /// Null when it did not, or some are gone, or the output was written since, or is a table of other rows. Rows that
    /// were appended are so, whatever became of them since, and wherever what is beside them was to go: they may
    /// come into the table only once.
    /// </returns>
    public RunManifest? ReadDone(JobIdentity job)
    {
        var done = Output is FileTarget file ? file.Read() : _database!.Find(job);
        return done is not null && Has(Output, done.Answered, null) && (_append || (done.Id == job.Id
            && (done.Quarantine is null || Has(_quarantine, done.Bad, done.QuarantineDigest))
            && (done.Log is null || Has(_log, done.Answered, done.LogDigest)))) ? done : null;
    }

    /// <summary>Puts into their places what a run has beside rows that it had appended when it was killed.</summary>
    /// <param name="done">What it did.</param>
    public void Complete(RunManifest done)
    {
        foreach (var place in new[] { done.Quarantine, done.Log }.OfType<string>())
        {
            if (_held.FirstOrDefault(one => one.Key.Name == place).Value is { } held)
            {
                Move(held, place);
            }
            else if (_append && WorkFolder.IsOne(WorkFolder.PathOf(place)))
            {
                using var other = WorkFolder.Open(place);
                Move(other, place);
            }
        }

        void Move(WorkFolder work, string place)
        {
            if (File.Exists(work.WholeOf(done.Id)))
            {
                File.Move(work.WholeOf(done.Id), place, overwrite: true);
            }
        }
    }

    /// <summary>Whether rows are there still. Rows of others may be beside those that were appended.</summary>
    /// <param name="target">Where.</param>
    /// <param name="rows">How many.</param>
    /// <param name="digest">What a file has that may be another job's by now; null: that is known otherwise.</param>
    private bool Has(JobTarget? target, long rows, string? digest) => target is { IsThere: true }
        && (target is not TableTarget one || _append || _database!.CountOf(one.Table.Table) == rows)
        && (digest is null || FileTarget.DigestOf(target.Name) == digest);

    /// <summary>Keeps the job from what is there already.</summary>
    /// <param name="options">What is done.</param>
    /// <param name="plan">The columns of each.</param>
    /// <exception cref="EnvelopeException">Something else is there.</exception>
    public void EnsureFree(BatchOptions options, RowPlan plan)
    {
        Output.EnsureFree(options, plan.OutputColumns);
        _quarantine?.EnsureFree(Beside(_quarantine), plan.QuarantineColumns);
        _log?.EnsureFree(Beside(_log), plan.LogColumns);

        BatchOptions Beside(JobTarget one) => one is FileTarget ? options with { Append = false } : options;
    }

    /// <summary>Looks anew at what is there, when no other run can change it any more.</summary>
    public void Refresh() => _database?.Refresh();

    public void Dispose()
    {
        foreach (var folder in _held.Values)
        {
            folder.Dispose();
        }

        _database?.Dispose();
    }
}
