using System.Collections.ObjectModel;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Which column is which parameter of a query. A parameter that is an object is a column of structures, or else each of
/// its members is a column.
/// </summary>
internal sealed class ColumnMap
{
    private ColumnMap(ColumnNode root, ModelSchema model)
    {
        Root = root;
        Members = model.Types.SelectMany(one => one.Members ?? []).Select(one => one.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The arguments.</summary>
    public ColumnNode Root { get; }

    /// <summary>The names of all members of objects that the model knows.</summary>
    public IReadOnlySet<string> Members { get; }

    /// <summary>The names of the columns that are used, each once.</summary>
    public IReadOnlySet<string> Columns => Root.Columns.ToHashSet(StringComparer.Ordinal);

    /// <summary>The columns by the parameter, or the member of one, that they are for.</summary>
    public SortedDictionary<string, string> Places => new(
        Root.Places("").ToDictionary(one => one.Place, one => one.Column), StringComparer.Ordinal);

    /// <summary>Finds the columns.</summary>
    /// <param name="query">The query.</param>
    /// <param name="model">The schema that it is of.</param>
    /// <param name="columns">The columns of the table.</param>
    /// <param name="form">What its values are.</param>
    /// <param name="named">Columns by the parameter, or the member of one, that they are for.</param>
    /// <param name="faults">All that is wrong; without any there is a map.</param>
    /// <param name="folders">Columns that folders above the files say, by their names, with how they are read.</param>
    public static ColumnMap? Find(
        QuerySchema query, ModelSchema model, IReadOnlyList<Column> columns, ValueForm form,
        IReadOnlyDictionary<string, string> named, out IReadOnlyList<ColumnFault> faults,
        IReadOnlyDictionary<string, string>? folders = null)
    {
        var search = new ColumnSearch(model, columns, form, named, folders ?? ReadOnlyDictionary<string, string>.Empty);
        var nodes = query.Parameters.FirstOrDefault(one => one.Type.Kind == TypeKind.Table) is { } table
            ? [search.FindTable(table, query.Parameters)]
            : search.Find(query.Parameters, "");
        faults = search.Faults();
        return faults.Count == 0 ? new(new ColumnNode("", nodes), model) : null;
    }
}
