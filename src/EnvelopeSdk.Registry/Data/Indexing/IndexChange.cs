using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>
/// What some envelopes change in the index, gathered so that each table is written once: a term that many of them have
/// is counted in one step.
/// </summary>
internal sealed class IndexChange
{
    private readonly Dictionary<Term, long> _counts = [];
    private readonly List<object?[]> _removed = [];
    private readonly List<object?[]> _added = [];
    private readonly HashSet<long> _taken = [];
    private readonly List<(Term Term, long Saved, long Id)> _termsRemoved = [];
    private readonly List<(Term Term, long Saved, long Id)> _termsAdded = [];
    private readonly List<(Term Term, long Id)> _metricsRemoved = [];
    private readonly List<(Term Term, long Id, long Saved, double? Value)> _metricsAdded = [];
    private readonly List<(Term Term, long Id)> _hyperparametersRemoved = [];
    private readonly List<(Term Term, long Id, double Value)> _hyperparametersAdded = [];

    /// <summary>Whether an envelope of this change is to stand there.</summary>
    public bool Takes(long id) => _taken.Contains(id);

    /// <param name="id">Where the envelope stands, or is to stand.</param>
    /// <param name="old">What is known of it; null: nothing.</param>
    /// <param name="facts">What is to be known of it; null: it is no more.</param>
    public void Add(long id, EnvelopeFacts? old, EnvelopeFacts? facts)
    {
        _taken.Add(id);
        if (old is not null)
        {
            _removed.Add([id]);
        }

        if (facts is not null)
        {
            _added.Add(
            [
                id, facts.Reference.Name, facts.Reference.Digest.Hex, facts.Saved, Text(facts.SavedBy),
                Text(facts.Commit), Text(facts.Schema), facts.Labels.ToJson(), facts.Stamp.Length, facts.Stamp.Time,
                facts.Latest.Ticks, facts.Latest.Id.ToString("D"),
            ]);
        }

        AddTerms(id, old, facts);
        AddNumbers(id, old, facts);
    }

    public async Task WriteAsync(Statements statements, CancellationToken cancellationToken)
    {
        await statements.RunManyAsync(IndexSql.Remove, _removed, cancellationToken);
        await statements.RunManyAsync(IndexSql.Add, _added, cancellationToken);
        var ids = await CountAsync(statements, cancellationToken);
        object?[][] termsRemoved = [.. _termsRemoved.Select(one => (object?[])[ids[one.Term], one.Saved, one.Id])];
        object?[][] termsAdded = [.. _termsAdded.Select(one => (object?[])[ids[one.Term], one.Saved, one.Id])];
        object?[][] metricsRemoved = [.. _metricsRemoved.Select(one => (object?[])[ids[one.Term], one.Id])];
        object?[][] metricsAdded =
            [.. _metricsAdded.Select(one => (object?[])[ids[one.Term], one.Id, one.Saved, one.Value])];
        object?[][] othersRemoved = [.. _hyperparametersRemoved.Select(one => (object?[])[ids[one.Term], one.Id])];
        object?[][] othersAdded =
            [.. _hyperparametersAdded.Select(one => (object?[])[ids[one.Term], one.Id, one.Value])];
        await statements.RunManyAsync(IndexSql.RemoveTerms, termsRemoved, cancellationToken);
        await statements.RunManyAsync(IndexSql.AddTerms, termsAdded, cancellationToken);
        await statements.RunManyAsync(IndexSql.RemoveMetrics, metricsRemoved, cancellationToken);
        await statements.RunManyAsync(IndexSql.AddMetrics, metricsAdded, cancellationToken);
        await statements.RunManyAsync(IndexSql.RemoveHyperparameters, othersRemoved, cancellationToken);
        await statements.RunManyAsync(IndexSql.AddHyperparameters, othersAdded, cancellationToken);
        object?[][] fewer = [.. _counts.Where(one => one.Value < 0).Select(one => (object?[])[ids[one.Key]])];
        await statements.RunManyAsync(IndexSql.Forget, fewer, cancellationToken);
    }

    private void AddTerms(long id, EnvelopeFacts? old, EnvelopeFacts? facts)
    {
        var before = old?.Terms.ToHashSet() ?? [];
        var after = facts?.Terms.ToHashSet() ?? [];
        var isMoved = old?.Saved != facts?.Saved;
        foreach (var term in before.Where(term => isMoved || !after.Contains(term)))
        {
            Count(term, -1);
            _termsRemoved.Add((term, old!.Saved, id));
        }

        foreach (var term in after.Where(term => isMoved || !before.Contains(term)))
        {
            Count(term, 1);
            _termsAdded.Add((term, facts!.Saved, id));
        }
    }

    private void AddNumbers(long id, EnvelopeFacts? old, EnvelopeFacts? facts)
    {
        foreach (var name in old?.Labels.Metrics.Keys ?? [])
        {
            _metricsRemoved.Add((Count(Term.OfMetric(name), -1), id));
        }

        foreach (var name in old?.Labels.Hyperparameters.Keys ?? [])
        {
            _hyperparametersRemoved.Add((Count(Term.OfHyperparameter(name), -1), id));
        }

        foreach (var (name, value) in facts?.Labels.Metrics ?? new Dictionary<string, double>())
        {
            _metricsAdded.Add((Count(Term.OfMetric(name), 1), id, facts!.Saved, double.IsNaN(value) ? null : value));
        }

        foreach (var (name, value) in facts?.Labels.Hyperparameters ?? new Dictionary<string, double>())
        {
            _hyperparametersAdded.Add((Count(Term.OfHyperparameter(name), 1), id, value));
        }
    }

    private Term Count(Term term, int more)
    {
        _counts[term] = _counts.GetValueOrDefault(term) + more;
        return term;
    }

    /// <returns>The ids of all terms of the change, which are counted now.</returns>
    private async Task<Dictionary<Term, long>> CountAsync(Statements statements, CancellationToken cancellationToken)
    {
        var byKey = _counts.ToDictionary(one => one.Key.Key, one => one.Key);
        var ids = new Dictionary<Term, long>();

        // In one order, whoever writes.
        object?[][] rows =
        [
            .. byKey.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (object?[])
            [
                one.Key, one.Value.Kind, StoredText.Write(one.Value.Name), StoredText.Write(one.Value.Value),
                _counts[one.Value],
            ]),
        ];
        await statements.ReadManyAsync(
            IndexSql.Count, rows, row => ids[byKey[row.GetString(1)]] = row.GetInt64(0), cancellationToken);
        return ids;
    }

    private static string? Text(string? text) => text is null ? null : StoredText.Write(text);
}
