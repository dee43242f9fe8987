using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Which column is which parameter of a query. A parameter that is an object is a column of structures, or else each of
/// its members is a column.
/// </summary>
internal sealed class ColumnMap
{
    private readonly List<Part> _parts;

    private ColumnMap(List<Part> parts) => _parts = parts;

    /// <summary>Finds the columns.</summary>
    /// <param name="query">The query.</param>
    /// <param name="model">The schema that it is of.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="isText">Whether its values are all strings, which are what the schema says that they are.</param>
    /// <param name="named">Columns by the parameter, or the member of one, that they are for.</param>
    /// <param name="faults">All that is wrong; without any there is a map.</param>
    public static ColumnMap? Find(
        QuerySchema query, ModelSchema model, IReadOnlyList<Column> columns, bool isText,
        IReadOnlyDictionary<string, string> named, out IReadOnlyList<ColumnFault> faults)
    {
        var search = new ColumnSearch(model, columns, isText, named);
        var parts = search.Parts(query.Parameters, "", "");
        faults = search.Faults();
        return faults.Count == 0 ? new(parts) : null;
    }

    /// <summary>The names of the columns that are used, each once.</summary>
    public IReadOnlySet<string> Columns => _parts.SelectMany(part => part.Columns).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes the next rows.</summary>
    public void Bind(IReadOnlyDictionary<string, Vector> rows) => _parts.ForEach(part => part.Bind(rows));

    /// <summary>Writes the arguments of a row: the object that a caller of the service would send.</summary>
    /// <exception cref="CellException">A value is one that its parameter cannot have.</exception>
    public void Write(JsonOutput output, int row) => Write(_parts, output, row);

    /// <summary>The column of a value, by its JSON pointer in the arguments; null if it is in none.</summary>
    public string? ColumnOf(string pointer) =>
        _parts.Select(part => part.ColumnOf(pointer)).FirstOrDefault(one => one is not null);

    /// <summary>The column that was written last.</summary>
    public string? Last { get; private set; }

    private void Write(List<Part> parts, JsonOutput output, int row)
    {
        output.WriteStartObject();
        foreach (var part in parts)
        {
            if (part.Values is null)
            {
                output.WriteName(part.Name);
                Write(part.Members, output, row);
            }
            else if (!part.IsLeftOut || !part.Values.IsNull(row))
            {
                Last = part.Column;
                output.WriteName(part.Name);
                part.Values.WriteOrNull(output, row);
            }
        }

        output.WriteEndObject();
    }

    /// <summary>A parameter or a member of one.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Pointer">Its JSON pointer.</param>
    /// <param name="Column">Its column; null where its members have some.</param>
    /// <param name="Values">The values of the column.</param>
    /// <param name="IsLeftOut">Whether it is left out where the column has no value, since null is none of it.</param>
    /// <param name="Members">Its members, where those have columns.</param>
    internal sealed record Part(
        string Name, string Pointer, string? Column, ColumnJson? Values, bool IsLeftOut, List<Part> Members)
    {
        public IEnumerable<string> Columns => Column is null ? Members.SelectMany(one => one.Columns) : [Column];

        public void Bind(IReadOnlyDictionary<string, Vector> rows)
        {
            Values?.Bind(rows[Column!]);
            Members.ForEach(one => one.Bind(rows));
        }

        public string? ColumnOf(string pointer) => Column is null
            ? Members.Select(one => one.ColumnOf(pointer)).FirstOrDefault(one => one is not null)
            : pointer == Pointer || pointer.StartsWith(Pointer + "/", StringComparison.Ordinal) ? Column : null;
    }
}
