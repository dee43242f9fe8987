using System.Globalization;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>A row that cannot be answered.</summary>
/// <param name="Row">Its number in what is read.</param>
/// <param name="Column">The column for which it cannot; null if it is for none.</param>
/// <param name="Reason">Why, without the value.</param>
internal sealed record RowFault(long Row, string? Column, string Reason)
{
    /// <summary>The file of which it is the number, if there are several.</summary>
    public string? File { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Row {Row + 1}{(File is null ? "" : $" of '{File}'")} cannot be answered: "
        + $"{(Column is null ? "" : $"in the column '{Column}', ")}{Reason}.");
}

/// <summary>A job ends at a row that cannot be answered.</summary>
/// <param name="fault">The row, by its number in the file that it names, or in all.</param>
internal sealed class BadRowException(RowFault fault) : Exception
{
    public RowFault Fault { get; } = fault;
}

/// <summary>There are more rows that cannot be answered than there may be.</summary>
internal sealed class TooManyFaultsException : Exception;

/// <summary>
/// Collects the rows that cannot be answered. They may be very many, and their reasons are few: each is kept once.
/// Thread-safe.
/// </summary>
/// <param name="most">How many there may be.</param>
internal sealed class RowFaults(long most)
{
    private readonly List<(long Row, int Why)> _rows = [];
    private readonly List<(string? Column, string Reason)> _reasons = [];
    private readonly Dictionary<(string? Column, string Reason), int> _places = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_rows)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>The first of those that are known; there has to be one.</summary>
    public RowFault First
    {
        get
        {
            lock (_rows)
            {
                return Fault(_rows.Min());
            }
        }
    }

    /// <summary>All of them, in the order of their rows, when no more come.</summary>
    public IEnumerable<RowFault> All
    {
        get
        {
            lock (_rows)
            {
                _rows.Sort();
            }

            return _rows.Select(Fault);
        }
    }

    /// <exception cref="TooManyFaultsException">There are too many with it.</exception>
    public void Add(long row, string? column, string reason)
    {
        lock (_rows)
        {
            if (!_places.TryGetValue((column, reason), out var why))
            {
                _places[(column, reason)] = why = _reasons.Count;
                _reasons.Add((column, reason));
            }

            _rows.Add((row, why));
            if (_rows.Count > most)
            {
                throw new TooManyFaultsException();
            }
        }
    }

    private RowFault Fault((long Row, int Why) one) => new(one.Row, _reasons[one.Why].Column, _reasons[one.Why].Reason);
}
