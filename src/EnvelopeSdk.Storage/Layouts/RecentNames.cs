using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Names in the order in which envelopes of them were saved, so that the newest of all names are found without looking
/// into each. A name may have several lines, and the last one counts: no envelope of it was saved later than that says.
/// It may say too late a time, which costs a look into the name. All of it can be made again from the orders.
/// </summary>
internal sealed class RecentNames(string store)
{
    /// <summary>After how many lines it is seen whether many no longer count, to take them out.</summary>
    private const int Few = 1024;

    public CheckedLines Lines { get; } = new(Path.Combine(store, "names"), NameRules.MaxEnvelopeLength);

    /// <summary>The names, each once, with when an envelope of it was saved at the latest; the latest first.</summary>
    /// <exception cref="DamagedLinesException">The file is not there, or not as it was written.</exception>
    public IEnumerable<(DateTimeOffset Saved, string Name)> FromNewest()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Lines.FromLast().Where(line => seen.Add(line.Text));
    }

    /// <summary>Takes note of a save. The caller holds the store's lock.</summary>
    /// <exception cref="DamagedLinesException">The file has to be made again.</exception>
    public async Task NoteAsync(
        string name, DateTimeOffset saved, Func<int> countNames, CancellationToken cancellationToken)
    {
        var last = Lines.FromLast().First();
        if (last.Text == name && last.Time >= saved)
        {
            return;
        }

        await Lines.AppendAsync(saved > last.Time ? saved : last.Time, name, cancellationToken);
        if (Lines.Count % Few == 0 && Lines.Count > 2 * countNames())
        {
            await Lines.WriteAsync(FromNewest().Reverse().ToList(), cancellationToken);
        }
    }
}
