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

    /// <summary>Looks which of several files has a row; they have to be as when their rows were taken.</summary>
    /// <param name="row">Its number in all of them, from 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file, and the number there; null where there is one file or none, or it cannot be told.</returns>
    public async Task<(string File, long Row)?> PlaceAsync(long row, CancellationToken cancellationToken)
    {
        for (var place = 0; Files.Count > 1 && place < Files.Count; place++)
        {
            var rows = await CountAsync(place, cancellationToken);
            if (rows is null || row < rows)
            {
                return rows is null ? null : (Files[place], row);
            }

            row -= rows.Value;
        }

        return null;
    }

    /// <summary>Counts the rows of a file.</summary>
    /// <param name="place">Which of the files.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null if it cannot be told.</returns>
    protected virtual Task<long?> CountAsync(int place, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(null);

    public void Dispose() => Close();

    /// <summary>Closes what was opened for it, if it is open.</summary>
    protected virtual void Close()
    {
    }
}
