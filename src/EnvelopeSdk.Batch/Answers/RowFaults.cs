namespace EnvelopeSdk.Batch.Answers;

/// <summary>A row that cannot be answered.</summary>
/// <param name="Row">Its number in what is read.</param>
/// <param name="Column">The column for which it cannot; null if it is for none.</param>
/// <param name="Reason">Why, without the value.</param>
internal sealed record RowFault(long Row, string? Column, string Reason)
{
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"Row {Row + 1} cannot be answered: {(Column is null ? "" : $"in the column '{Column}', ")}{Reason}.");
}

/// <summary>There are more rows that cannot be answered than there may be.</summary>
internal sealed class TooManyFaultsException : Exception;

/// <summary>Collects the rows that cannot be answered. Thread-safe.</summary>
/// <param name="most">How many there may be.</param>
internal sealed class RowFaults(long most)
{
    private readonly List<RowFault> _all = [];

    /// <exception cref="TooManyFaultsException">There are too many with it.</exception>
    public void Add(RowFault fault)
    {
        lock (_all)
        {
            _all.Add(fault);
            if (_all.Count > most)
            {
                throw new TooManyFaultsException();
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_all)
            {
                return _all.Count;
            }
        }
    }

    /// <summary>All of them, in the order of their rows.</summary>
    public IReadOnlyList<RowFault> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all.OrderBy(one => one.Row)];
            }
        }
    }
}
