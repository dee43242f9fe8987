using System.Data.Common;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data.Databases;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Data;

/// <summary>
/// How a query is answered: from which list of envelopes it starts, which is the shortest that has all that fit, and
/// what is tested of each. Lists are read in the order of the answer, up to as many as are asked for.
/// </summary>
internal sealed class QueryPlan(EnvelopeQuery query, NamePattern? names, PlanLimits limits)
{
    /// <summary>From how many digits on there are few envelopes of a commit.</summary>
    private const int FewDigits = 6;

    private const string Counts = "select key, id, count from term where key in";

    private const string CountOfNames =
        """
        select cast(coalesce(sum(count), 0) as bigint) from term where kind = @0 and name like @1 escape '\'
        """;

    private readonly QuerySql _text = new();
    private readonly Dictionary<string, (long Id, long Count)> _known = [];

    /// <returns>Null when none can fit, since none has what is asked for.</returns>
    /// <exception cref="EnvelopeException">The query is wrong in itself.</exception>
    public async Task<QuerySql?> ToTextAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var after = query.After is { } cursor ? QueryPlace.Parse(cursor) : default(QueryPlace?);
        var required = Required().ToList();
        List<Term> any = [.. query.AnyTags.Select(tag => Term.OfTag(tag.Key, tag.Value)).Distinct()];
        List<Term> absent = [.. query.Tags.Where(tag => tag.Value is null).Select(tag => Term.OfTagged(tag.Key))];
        List<Term> numbers =
        [
            .. query.Metrics.Select(bound => Term.OfMetric(bound.Name)),
            .. query.Hyperparameters.Select(bound => Term.OfHyperparameter(bound.Name)),
            .. query.OrderBy is { } metric ? (Term[])[Term.OfMetric(metric)] : [],
        ];
        await ReadAsync(connection, [.. required, .. any, .. absent, .. numbers], cancellationToken);
        any.RemoveAll(term => !_known.ContainsKey(term.Key));
        var ofNames = await CountNamesAsync(connection, cancellationToken);
        if (ofNames == 0 || required.Concat(numbers).Any(term => !_known.ContainsKey(term.Key))
            || (query.AnyTags.Count > 0 && any.Count == 0)
            || query.Metrics.Concat(query.Hyperparameters).Any(bound => double.IsNaN(bound.Value)))
        {
            return null;
        }

        Start([.. required.OrderBy(term => _known[term.Key].Count)], any, ofNames);
        foreach (var term in absent.Where(term => _known.ContainsKey(term.Key)))
        {
            _text.TestNoTerm(_known[term.Key].Id);
        }

        TestNumbers();
        TestTime(after);
        return _text;
    }

    private IEnumerable<Term> Required() =>
    [
        .. query.Name is { } name ? (Term[])[Term.OfEnvelope(EnvelopeName.Check(name))] : [],
        .. query.SchemaFingerprint is { } schema ? (Term[])[Term.OfSchema(schema)] : [],
        .. query.Tags.Where(tag => tag.Value is not null).Select(tag => Term.OfTag(tag.Key, tag.Value!)),
    ];

    private async Task ReadAsync(
        DbConnection connection, IReadOnlyList<Term> terms, CancellationToken cancellationToken)
    {
        if (terms.Count == 0)
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = $"{Counts} ({string.Join(", ", terms.Select((_, i) => $"@{i}"))})";
        command.Add(terms.Select(term => term.Key));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _known[rows.GetString(0)] = (rows.GetInt64(1), rows.GetInt64(2));
        }
    }

    /// <returns>How many envelopes have a name that the caller may read, if that matters.</returns>
    private async Task<long?> CountNamesAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (names is null || query.Name is not null)
        {
            return names is null || names.IsMatch(query.Name!) ? null : 0;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = CountOfNames;
        command.Add([Term.Envelope, names.Like]);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Starts from the shortest list, and tests the rest, the rarest first.</summary>
    private void Start(IReadOnlyList<Term> required, IReadOnlyList<Term> any, long? ofNames)
    {
        var shortest = required.Count > 0 ? _known[required[0].Key].Count : long.MaxValue;
        var ofAny = any.Count > 0 ? any.Sum(term => _known[term.Key].Count) : long.MaxValue;
        var commit = query.Commit?.ToLowerInvariant();
        var metric = query.OrderBy is { } name ? _known[Term.OfMetric(name).Key].Id : default(long?);
        var (isAnyTested, isCommitTested, isNameTested) = (any.Count > 0, commit is not null, ofNames is not null);
        if (commit?.Length >= FewDigits && Math.Min(shortest, ofAny) > limits.Few / 100)
        {
            _text.StartFromCommit(StoredText.Write(commit));
            isCommitTested = false;
        }
        else if (ofNames < Math.Min(shortest, ofAny)
            && (ofNames <= limits.Few || (ofNames <= limits.Many && shortest > limits.Many && metric is null)))
        {
            _text.StartFromNames(names!.Like);
            isNameTested = false;
        }
        else if (ofAny <= limits.Few && ofAny < shortest)
        {
            _text.StartFromAnyTerm(any.Select(term => _known[term.Key].Id));
            isAnyTested = false;
        }
        else if (metric is not null && shortest > limits.Few)
        {
            _text.StartFromMetric(metric.Value);
            metric = null;
        }
        else if (required.Count > 0)
        {
            _text.StartFromTerm(_known[required[0].Key].Id);
            required = [.. required.Skip(1)];
        }

        foreach (var term in required)
        {
            _text.TestTerm(_known[term.Key].Id);
        }

        if (isAnyTested)
        {
            _text.TestAnyTerm(any.Select(term => _known[term.Key].Id));
        }

        if (isCommitTested)
        {
            _text.TestCommit(StoredText.Write(commit!));
        }

        if (isNameTested)
        {
            _text.TestName(names!.Like);
        }

        if (metric is not null)
        {
            _text.Measure(metric.Value);
        }
    }

    private void TestNumbers()
    {
        foreach (var bound in query.Metrics)
        {
            _text.TestMetric(_known[Term.OfMetric(bound.Name).Key].Id, bound);
        }

        foreach (var bound in query.Hyperparameters)
        {
            _text.TestHyperparameter(_known[Term.OfHyperparameter(bound.Name).Key].Id, bound);
        }
    }

    private void TestTime(QueryPlace? after)
    {
        if (query.Since is { } since)
        {
            _text.TestSaved(">=", Math.Max(1, since.UtcTicks)); // 0: nobody knows
        }

        if (query.Until is { } until)
        {
            _text.TestSaved("<=", until.UtcTicks);
            _text.TestSaved(">", 0);
        }

        if (query.OrderBy is not null)
        {
            _text.OrderByNumber(query.Descending);
        }

        if (after is { } place)
        {
            _text.TestBehind(
                query.Descending ? -place.Number : place.Number, long.MaxValue - place.Ticks,
                CatalogIndex.PlaceOf(place.Digest));
        }
    }
}

/// <summary>From which numbers on another way to an answer is the shorter one.</summary>
/// <param name="Few">
/// How many envelopes are rather found by a tag, or by their names, and sorted than read in the order of a metric.
/// </param>
/// <param name="Many">
/// How many envelopes of some names are rather sorted than looked for among more than that, where theirs may be the
/// oldest.
/// </param>
internal sealed record PlanLimits(long Few = 20_000, long Many = 200_000);
