namespace EnvelopeSdk.Batch.Runs;

/// <summary>The files that a job writes.</summary>
internal sealed class JobTargets
{
    private readonly BatchTarget? _quarantine;
    private readonly BatchTarget? _log;

    /// <exception cref="EnvelopeException">One is no file that can be written, or two are one.</exception>
    public JobTargets(BatchOptions options)
    {
        Output = new(options.Output, "--output");
        _quarantine = options.Quarantine is { } quarantine ? new(quarantine, "--quarantine") : null;
        _log = options.Log is { } log ? new(log, "--log") : null;
        if (All.GroupBy(one => one.FullPath).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{same.Key}' cannot be several of --output, --quarantine and --log. Name a file for each.");
        }
    }

    public BatchTarget Output { get; }

    /// <summary>Where rows are that could not be answered.</summary>
    public string? QuarantinePath => _quarantine?.FullPath;

    /// <summary>Where calls are kept.</summary>
    public string? LogPath => _log?.FullPath;

    private IEnumerable<BatchTarget> All => new[] { Output, _quarantine, _log }.OfType<BatchTarget>();

    /// <summary>Whether a file is one of them, or a part of one.</summary>
    public bool Has(string file) =>
        All.Any(one => one.FullPath == file) || Path.GetDirectoryName(file) == WorkFolder.PathOf(Output.FullPath);

    /// <summary>What a job did, all of whose files are there still.</summary>
    /// <param name="job">Its id.</param>
    /// <returns>Null when it did not, or one is gone.</returns>
    public RunManifest? ReadDone(string job) =>
        Output.Read() is { } done && done.Id == job
        && new[] { done.Quarantine, done.Log }.OfType<string>().All(File.Exists) ? done : null;

    /// <summary>Keeps the job from what is there already.</summary>
    /// <exception cref="EnvelopeException">Something else is there.</exception>
    public void EnsureFree(bool overwrite)
    {
        foreach (var one in All)
        {
            one.EnsureFree(overwrite);
        }
    }

    /// <summary>The files beside the output, of parts that are finished.</summary>
    public IReadOnlyList<BatchTarget.Beside> Beside(WorkFolder work, IReadOnlyList<PartCounts> parts)
    {
        var numbers = Enumerable.Range(0, parts.Count).ToList();
        var beside = new List<BatchTarget.Beside>();
        if (_quarantine is not null)
        {
            beside.Add(new(
                "quarantine", _quarantine, [.. numbers.Where(one => parts[one].Bad > 0).Select(work.BadPartOf)]));
        }

        if (_log is not null)
        {
            beside.Add(new("log", _log, [.. numbers.Select(work.LogPartOf)]));
        }

        return beside;
    }
}
