using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Columns whose floating-point numbers are stored as their bits. What DuckDB stores of equal values once, it stores
/// once of 0.0 and -0.0, too: a column, and a run of values, that have no others.
/// </summary>
/// <param name="tables">The engine.</param>
internal sealed class FloatBits(DuckTables tables) : IDisposable
{
    private readonly Dictionary<(string Type, bool IsStored), BitCopy> _copies = [];

    /// <summary>The columns of a table as they are stored, as what a query selects.</summary>
    /// <param name="table">The table, in which they are as they were.</param>
    /// <exception cref="DuckException">There is no such table.</exception>
    public string Stored(string table) => Selected(table, isStored: true);

    /// <summary>The columns of another that are stored so, as they were.</summary>
    /// <inheritdoc cref="Stored"/>
    public string Read(string table) => Selected(table, isStored: false);

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
        {
            copy.Dispose();
        }
    }

    private string Selected(string table, bool isStored)
    {
        var types = tables.Texts($"SELECT column_type FROM (DESCRIBE FROM {table})");
        return string.Join(", ", tables.Columns($"FROM {table}").Zip(types, (column, type) =>
            DuckTables.Name(column.Name) is var name && column.Type.HasFloats
                ? $"{Of(column.Type, name, type, table, isStored)}({name}) AS {name}" : name));
    }

    /// <summary>One for each type as the engine writes it: a value of another would be cast, maybe rounded.</summary>
    private string Of(ColumnType type, string column, string written, string table, bool isStored)
    {
        if (!_copies.TryGetValue((written, isStored), out var copy))
        {
            using var floats = tables.TypeOf(column, table);
            using var bits = BitTypes.Of(floats);
            var (from, to) = isStored ? (floats, bits) : (bits, floats);
            _copies[(written, isStored)] = copy = new(tables, $"bits_{_copies.Count}", type, from, to);
        }

        return copy.Name;
    }
}
