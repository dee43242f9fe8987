using System.Diagnostics.CodeAnalysis;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>The columns and rows of a table, of whatever framework.</summary>
public sealed class TableData
{
    /// <summary>Makes a table of filled columns.</summary>
    /// <param name="columns">Columns with different names, each of <paramref name="rowCount"/> rows.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <exception cref="ArgumentException">A column has another number of rows.</exception>
    /// <exception cref="EnvelopeException">Two columns have the same name.</exception>
    public TableData(IReadOnlyList<TableColumn> columns, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.FirstOrDefault(column => column.RowCount != rowCount) is { } uneven)
        {
            throw new ArgumentException(
                $"The column '{uneven.Name}' has {uneven.RowCount} rows, and the table has {rowCount}.",
                nameof(columns));
        }

        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The table has two columns called '{twice.Key}', which a JSON object cannot have. Rename one of "
                + "them.");
        }

        (Columns, RowCount) = (columns, rowCount);
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Copies a table that may be null.</summary>
    /// <typeparam name="T">The framework's type of a table.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="codec">The codec of its type.</param>
    [return: NotNullIfNotNull(nameof(table))]
    public static TableData? Of<T>(T? table, ITableCodec<T> codec)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(codec);
        return table is null ? null : codec.ToData(table);
    }

    /// <summary>Writes an array of objects, one for each row, whose members are called as the columns are.</summary>
    /// <param name="output">Where to.</param>
    /// <exception cref="ModelAnswerException">A value is one that JSON cannot carry.</exception>
    public void WriteRows(JsonOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var names = Columns.Select(QuotedName).ToArray();
        output.WriteStartArray();
        for (var row = 0; row < RowCount; row++)
        {
            output.WriteStartObject();
            for (var column = 0; column < names.Length; column++)
            {
                output.WriteRawName(names[column]);
                Columns[column].Write(output, row);
            }

            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    /// <summary>What its columns are.</summary>
    /// <exception cref="EnvelopeException">No row tells how long the vectors of a column are.</exception>
    internal IReadOnlyList<MemberSchema> Describe() => Columns.FirstOrDefault(column => column.Width == 0) is { } untold
        ? throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"The column '{untold.Name}' holds vectors, and the table has no row that would tell their length. Record "
            + "an example with rows.")
        : [.. Columns.Select(column => column.Describe())];

    private static byte[] QuotedName(TableColumn column)
    {
        var output = new JsonOutput();
        output.WriteName(column.Name);
        return output.Written.ToArray();
    }
}
