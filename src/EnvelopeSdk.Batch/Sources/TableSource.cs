using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>The rows that a job answers.</summary>
internal abstract class TableSource : IDisposable
{
    /// <summary>The files that have them, in their order; none when they are asked for, each time anew.</summary>
    public virtual IReadOnlyList<string> Files => [];

    /// <summary>What its values are.</summary>
    public virtual ValueForm Form => ValueForm.Typed;

    /// <summary>Whether rows are taken, too, that could not be read, with <see cref="Column.Unread"/>.</summary>
    public virtual bool KeepsUnread => false;

    /// <summary>The columns of the table.</summary>
    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    public abstract Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken);

    /// <summary>The rows where they lie, if they have numbers there; null: they are taken once.</summary>
    public virtual IReadOnlyList<RowRange>? Ranges() => null;

    /// <summary>Takes all rows into a table that is not there yet, or none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that are taken.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">It cannot be read.</exception>
    public abstract Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    public void Dispose() => Close();

    /// <summary>Closes what was opened for it, if it is open.</summary>
    protected virtual void Close()
    {
    }
}
