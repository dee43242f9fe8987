using System.Globalization;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Data.Indexing;

namespace EnvelopeSdk.Registry.Data;

/// <summary>A query as SQL, put together of the parts below. Each part tests one row of <c>t</c>.</summary>
internal sealed class QuerySql
{
    private readonly List<string> _conditions = [];
    private string _source = Envelopes;
    private string _number = "0";
    private string _order = Newest;

    // "t" has when it was saved, and its id, which is in the order of digests.
    private const string Envelopes = "(select saved, id as envelope_id, git_commit from envelope) t";
    private const string Having = "envelope_term t";
    private const string HavingOne = "(select distinct saved, envelope_id from envelope_term where term_id in ({0})) t";
    private const string Measured = "metric t";

    private const string HavingName =
        """
        (select saved, envelope_id from envelope_term
         where term_id in (select id from term where kind = {0} and name like {1} escape '\')) t
        """;

    private const string Newest = "{0}.saved desc, {0}.envelope_id desc";
    private const string Least = "number, {0}.saved desc, {0}.envelope_id desc";
    private const string Greatest = "number desc, {0}.saved desc, {0}.envelope_id desc";

    /// <summary>
    /// A scalar and no EXISTS, which PostgreSQL may turn into a join of all rows: it is asked for a few only.
    /// </summary>
    private const string Has =
        """
        (select 1 from envelope_term h where h.term_id = {0} and h.saved = t.saved and h.envelope_id = t.envelope_id
         limit 1)
        """;

    private const string Named =
        """
        (select 1 from envelope m where m.id = t.envelope_id and m.name like {0} escape '\') = 1
        """;

    private const string Metric =
        "(select n.value from metric n where n.term_id = {0} and n.envelope_id = t.envelope_id)";

    private const string Hyperparameter =
        "(select n.value from hyperparameter n where n.term_id = {0} and n.envelope_id = t.envelope_id)";

    private const string Commit =
        "(select 1 from envelope c where c.id = t.envelope_id and c.git_commit >= {0} and c.git_commit < {1}) = 1";

    private const string Whole =
        """
        select e.name, e.digest, e.saved, e.saved_by, e.labels, f.number
        from (select t.saved, t.envelope_id, {0} as number from {1}{2} order by {3} limit {4}) f
        join envelope e on e.id = f.envelope_id
        order by {5}
        """;

    /// <summary>The values of the parameters, by their numbers.</summary>
    public List<object?> Values { get; } = [];

    public void StartFromTerm(long term)
    {
        _source = Having;
        Test($"t.term_id = {Value(term)}");
    }

    public void StartFromAnyTerm(IEnumerable<long> terms) =>
        _source = Format(HavingOne, string.Join(", ", terms.Select(one => Value(one))));

    /// <param name="like">What their names are like.</param>
    public void StartFromNames(string like) => _source = Format(HavingName, Value(Term.Envelope), Value(like));

    public void StartFromCommit(string prefix) =>
        Test($"t.git_commit >= {Value(prefix)} and t.git_commit < {Value(prefix + char.ConvertFromUtf32(0x10ffff))}");

    public void StartFromMetric(long metric)
    {
        _source = Measured;
        Test($"t.term_id = {Value(metric)} and t.value is not null");
        _number = "t.value";
    }

    /// <summary>Orders what is found elsewhere by a metric.</summary>
    public void Measure(long metric)
    {
        _number = Format(Metric, Value(metric));
        Test($"{_number} is not null");
    }

    public void OrderByNumber(bool descending) => _order = descending ? Greatest : Least;

    public void TestTerm(long term) => Test($"{Format(Has, Value(term))} = 1");

    /// <param name="like">What its name is like.</param>
    public void TestName(string like) => Test(Format(Named, Value(like)));

    public void TestNoTerm(long term) => Test($"{Format(Has, Value(term))} is null");

    public void TestAnyTerm(IEnumerable<long> terms) =>
        Test($"({string.Join(" or ", terms.Select(term => $"{Format(Has, Value(term))} = 1"))})");

    public void TestCommit(string prefix) =>
        Test(Format(Commit, Value(prefix), Value(prefix + char.ConvertFromUtf32(0x10ffff))));

    public void TestMetric(long metric, NumberBound bound) => TestNumber(Metric, metric, bound);

    public void TestHyperparameter(long parameter, NumberBound bound) => TestNumber(Hyperparameter, parameter, bound);

    public void TestSaved(string comparison, long ticks) => Test($"t.saved {comparison} {Value(ticks)}");

    /// <summary>Goes on behind a place in the order.</summary>
    public void TestBehind(double number, long saved, long id)
    {
        var isBehind = $"(t.saved, t.envelope_id) < ({Value(saved)}, {Value(id)})";
        if (_order == Newest)
        {
            Test(isBehind);
            return;
        }

        var (sign, value) = (_order == Greatest ? "<" : ">", Value(number));
        Test($"{_number} {sign}= {value} and ({_number} {sign} {value} or {isBehind})");
    }

    /// <param name="limit">How many rows at most.</param>
    public string ToSql(int limit) => Format(
        Whole, _number, _source, _conditions.Count == 0 ? "" : " where " + string.Join(" and ", _conditions),
        Format(_order, "t"), Value((long)limit), Format(_order, "f"));

    private void TestNumber(string number, long term, NumberBound bound)
    {
        var comparison = bound.Comparison switch
        {
            NumberComparison.Greater => ">",
            NumberComparison.AtLeast => ">=",
            NumberComparison.Less => "<",
            NumberComparison.AtMost => "<=",
            _ => "=",
        };
        Test($"{Format(number, Value(term))} {comparison} {Value(bound.Value)}");
    }

    private void Test(string condition) => _conditions.Add(condition);

    private string Value(object value)
    {
        Values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@{Values.Count - 1}");
    }

    private static string Format(string part, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, part, values);
}
