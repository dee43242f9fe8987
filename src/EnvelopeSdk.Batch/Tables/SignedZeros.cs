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

        var columns = tables.Columns($"SELECT * FROM ({sql}) LIMIT 0");
        var written = columns.Any(one => one.Type.HasFloats && one.Type.Parts.Count > 0)
            ? tables.Texts($"SELECT column_type FROM (DESCRIBE {sql})") : null;
        var watched = columns.Index().Where(one => one.Item.Type.HasFloats)
            .Select(one => (
                Name: DuckTables.Name(one.Item.Name), one.Item.Type, Text: written?[one.Index] ?? one.Item.Type.Name))
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

        using var stored = type.Parts.Count > 0 ? tables.TypeOf(column, $"({sql})")
            : tables.TypeOf($"NULL::{text}", "(SELECT 1)");
        _watches[text] = new(tables, name, type, stored);
        return name;
    }
}
