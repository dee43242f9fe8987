using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Databases;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Targets;

/// <summary>A table of a database.</summary>
internal sealed class TableTarget : JobTarget
{
    private readonly string _folder;

    /// <exception cref="EnvelopeException">It is a query.</exception>
    public TableTarget(DatabaseTable table, string option, string folder)
    {
        (Table, _folder) = (table, folder);
        if (DatabaseTable.IsQuery(table.Table))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"{option} '{table}' is a query. Name the table that is written.");
        }

        if (table.Key.Split('.')[^1] == JobDatabase.Runs)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"{option} '{table}' is where it is written down what jobs did. Name another table.");
        }
    }

    public DatabaseTable Table { get; }

    /// <summary>The database, once it is opened.</summary>
    public JobDatabase? Database { get; set; }

    public override string Name => Table.ToString();

    public override string Identity => $"{Table.Address}#{Table.Key}";

    public override bool IsThere => Database!.ColumnsOf(Table.Table) is not null;

    public override string WorkPath => Table.Kind == DatabaseKind.PostgreSql
        ? Path.Combine(_folder, Uri.EscapeDataString(Identity))
        : $"{Table.Address}.{Uri.EscapeDataString(Table.Key)}";

    public override void EnsureFree(BatchOptions options, IReadOnlyList<Column> columns)
    {
        if (options is { Append: true, Overwrite: true })
        {
            throw new EnvelopeException(EnvelopeError.Invalid, "Say --append or --overwrite, and not both.");
        }

        EnsureTypes(columns);
        EnsureFits(options, columns);
        Database!.EnsureWritable(Table.Table, columns, options);
    }

    private void EnsureFits(BatchOptions options, IReadOnlyList<Column> columns)
    {
        if (options.Overwrite || Database!.ColumnsOf(Table.Table) is not { } there)
        {
            return;
        }

        if (!options.Append)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The table '{Name}' is there, and not of this job, or changed since. Name another, or say "
                + "--overwrite or --append.");
        }

        var lacking = Database.NeededOf(Table.Table).Except(columns.Select(one => one.Name), Database.Names);
        List<string> wrong =
        [
            .. columns.Select(one => Misfit(one, there)).OfType<string>(),
            .. lacking.Select(one => $"{one}: Each row of the table needs a value of it, and the rows have none. Give "
                + "them one in a query, or the table a default."),
        ];
        if (wrong.Count > 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The rows cannot be appended to '{Name}':\n{string.Join('\n', wrong.Select(one => $"  {one}"))}");
        }
    }

    private string? Misfit(Column column, IReadOnlyList<StoredColumn> there) =>
        there.FirstOrDefault(one => Database!.Names.Equals(one.Name, column.Name)) is not { } stored
            ? $"{column.Name}: The table lacks it."
            : Database!.Takes(column.Type, stored) ? null
            : $"{column.Name}: It is {column.Type.Name} here and {stored.Declared} in the table, which would change "
                + "values. CAST it in a query, or alter the table.";

    /// <summary>Before hours of answers: what the database cannot keep is known.</summary>
    private void EnsureTypes(IReadOnlyList<Column> columns)
    {
        if (columns.FirstOrDefault(one => !Database!.HasTypeFor(one.Type)) is { } other)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{Table.Address}' has no type for the column '{other.Name}', which is {other.Type.Name}. Keep others "
                + "with --key, or CAST it in a query.");
        }
    }
}
