using Apache.Arrow;
using Apache.Arrow.Ipc;
using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>The rows of some files of one schema, one file after the other.</summary>
/// <param name="schema">The schema.</param>
/// <param name="files">The files.</param>
internal sealed class ArrowRows(ArrowSchema schema, IReadOnlyList<string> files) : IArrowArrayStream
{
    private ArrowFile? _file;
    private int _next;

    public ArrowSchema Schema => schema;

    /// <summary>Why a file could not be read; null: all could.</summary>
    public string? Failure { get; private set; }

    public async ValueTask<RecordBatch> ReadNextRecordBatchAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                if (_file is not null && await _file.ReadAsync(cancellationToken) is { } rows)
                {
                    return rows;
                }

                _file?.Dispose();
                _file = null;
                if (_next == files.Count)
                {
                    return null!; // the end, as the interface has it
                }

                _file = await ArrowFile.OpenAsync(files[_next++], cancellationToken);
            }
        }
        catch (EnvelopeException torn)
        {
            Failure = torn.Message;
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();
}
