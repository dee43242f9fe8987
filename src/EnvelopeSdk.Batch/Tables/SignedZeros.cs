using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Whether a column has a -0.0. DuckDB takes it for equal to 0.0, so that in a dictionary of a column's values one
/// stands for both.
/// </summary>
/// <param name="tables">The engine.</param>
internal sealed class SignedZeros(DuckTables tables) : IDisposable
{
    private readonly Dictionary<string, ZeroWatch> _watches = new(StringComparer.Ordinal);

    /// <summary>Whether one has failed since <see cref="Watching"/>.</summary>
    public bool AreThere => _watches.Values.Any(one => one.HasFound);

    /// <summary>A query whose columns are watched that can have such values.</summary>
    /// <returns>Null when there is no such column.</returns>
    /// <exception cref="DuckException">The query cannot be asked.</exception>
    public string? Watching(string sql)
    {
        foreach (var watch in _watches.Values)
        {
            watch.HasFound = false;
        }

        var types = tables.Texts($"SELECT column_type FROM (DESCRIBE {sql})");
        var watched = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0").Zip(types)
            .Where(one => one.First.Type.HasFloats)
            .Select(one => (Name: DuckTables.Name(one.First.Name), one.First.Type, Text: one.Second))
            .Select(one => $"{FunctionOf(one.Name, one.Type, one.Text, sql)}({one.Name}) AS {one.Name}").ToList();
        return watched.Count == 0 ? null : $"SELECT * REPLACE ({string.Join(", ", watched)}) FROM ({sql})";
    }

    public void Dispose()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Dispose();
        }
    }

    /// <summary>One for each type as the engine writes it: a value of another would be cast, maybe rounded.</summary>
    private string FunctionOf(string column, ColumnType type, string text, string sql)
    {
        var name = $"watched_{_watches.Count}";
        if (_watches.TryGetValue(text, out var known))
        {
            return known.Name;
        }

        using var stored = tables.TypeOf(column, $"({sql})");
        _watches[text] = new(tables, name, type, stored);
        return name;
    }
}
