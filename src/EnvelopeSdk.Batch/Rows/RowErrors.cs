namespace EnvelopeSdk.Batch.Rows;

/// <summary>What is wrong with a row: how much, and the first of it. For one thread.</summary>
internal sealed class RowErrors
{
    /// <summary>How many things are wrong.</summary>
    public int Count { get; private set; }

    /// <summary>The column of the first; null if it is of none.</summary>
    public string? Column { get; private set; }

    /// <summary>What the first is, without the value.</summary>
    public string Reason { get; private set; } = "";

    public void Clear() => Count = 0;

    public void Add(string? column, string reason)
    {
        if (Count++ == 0)
        {
            (Column, Reason) = (column, reason);
        }
    }

    /// <param name="column">The column.</param>
    /// <param name="expected">What the schema asks for, in words.</param>
    /// <param name="actual">What kind of value came.</param>
    /// <param name="within">The JSON pointer of the value in that of the column; empty for all of it.</param>
    public void Add(string? column, string expected, string actual, string within = "") =>
        Add(column, $"{(within.Length == 0 ? "" : $"at {within} ")}{expected} is expected, and not {actual}");
}
