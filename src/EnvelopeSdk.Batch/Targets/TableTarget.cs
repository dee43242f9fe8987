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
    }

    public DatabaseTable Table { get; }

    /// <summary>The database, once it is opened.</summary>
    public JobDatabase? Database { get; set; }

    public override string Name => Table.ToString();

    public override string WorkPath => Table.Kind == DatabaseKind.PostgreSql
        ? Path.Combine(_folder, Uri.EscapeDataString(Name))
        : $"{Table.Address}.{Uri.EscapeDataString(Table.Table)}";

    public override void EnsureFree(BatchOptions options, IReadOnlyList<string>? columns)
    {
        if (options is { Append: true, Overwrite: true })
        {
            throw new EnvelopeException(EnvelopeError.Invalid, "Say --append or --overwrite, and not both.");
        }

        if (options.Overwrite || Database!.ColumnsOf(Table.Table) is not { } there)
        {
            return;
        }

        if (!options.Append)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The table '{Name}' is there, and not of this job. Name another, or say --overwrite or --append.");
        }

        var wrong = (columns ?? []).Except(there, StringComparer.OrdinalIgnoreCase)
            .Select(one => $"{one}: The table lacks it.").ToList();
        if (wrong.Count > 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The rows cannot be appended to '{Name}':\n{string.Join('\n', wrong.Select(one => $"  {one}"))}");
        }
    }
}
