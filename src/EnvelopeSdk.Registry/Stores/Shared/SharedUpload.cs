using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Distribution;

namespace EnvelopeSdk.Registry.Stores.Shared;

/// <summary>
/// An upload of a shared store. Within a process a later request stops an earlier one; of two instances the one whose
/// piece begins where the last one ended goes on.
/// </summary>
internal sealed class SharedUpload(
    Guid id, UploadTurns turns, SharedUploads all, StoreDatabase database, DatabaseStore store) : IUpload
{
    private const int BufferSize = 1 << 20;

    private const string Length = "select length from upload where id = @0";

    /// <summary>The piece counts when the upload is still as long as it was when the piece began.</summary>
    private const string Grow =
        "update upload set length = length + @2, touched = now() where id = @0 and length = @1 returning length";

    private const string AddPiece = "insert into upload_piece (upload, start, blob) values (@0, @1, @2)";

    private const string Pieces = "select blob from upload_piece where upload = @0 order by start";

    public Guid Id => id;

    public async Task<long> LengthAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(Length, row => row.GetInt64(0), cancellationToken, id) is [var length]
            ? length
            : throw Refusals.UploadUnknown(id.ToString("N"));

    public async Task<IUploadWriter> TakeOverAsync(CancellationToken cancellationToken)
    {
        var (turn, stopped) = await turns.TakeOverAsync(cancellationToken);
        return new Writer(this, turn, stopped);
    }

    public Task SettleAsync(CancellationToken cancellationToken) => turns.SettleAsync(cancellationToken);

    private async Task AppendAsync(long start, Stream body, CancellationToken cancellationToken)
    {
        using var spool = new Spool();
        try
        {
            await spool.WriteAsync(async file => await body.CopyToAsync(file, BufferSize, cancellationToken));
        }
        finally
        {
            // What came before a connection broke stays: the client asks for it, and sends the rest.
            if (spool.Length > 0)
            {
                await AddAsync(start, spool);
            }
        }

        turns.Use();
    }

    private async Task AddAsync(long start, Spool spool)
    {
        var (piece, length) = await store.Content.PutAsync(spool, CancellationToken.None);
        await database.WriteAsync(
            async statements =>
            {
                if ((await SharedContent.HoldAsync(statements, [piece], CancellationToken.None)).Count > 0
                    || await statements.NumberAsync(Grow, CancellationToken.None, id, start, length) < 0)
                {
                    throw UploadTurns.TakenOver();
                }

                await statements.RunAsync(AddPiece, CancellationToken.None, id, start, piece.Hex);
                return true;
            },
            CancellationToken.None);
    }

    /// <returns>All that came, if that is more than one piece; else null, and the content that it is.</returns>
    private async Task<(Spool? Whole, Digest Digest)> JoinAsync(CancellationToken cancellationToken)
    {
        var pieces = await database.ReadAsync(Pieces, row => row.Digest(0), cancellationToken, id);
        if (pieces is [var only])
        {
            return (null, only);
        }

        var whole = new Spool();
        try
        {
            foreach (var piece in pieces)
            {
                await using var source = await store.Content.OpenAsync(piece, cancellationToken)
                    ?? throw Refusals.UploadUnknown(id.ToString("N"));
                await whole.WriteAsync(async file => await source.CopyToAsync(file, BufferSize, cancellationToken));
            }

            return (whole, whole.Digest);
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    private sealed class Writer(SharedUpload upload, IDisposable turn, CancellationToken stopped) : IUploadWriter
    {
        private Spool? _whole;

        public Task AppendAsync(long start, Stream body) =>
            UploadTurns.RunAsync(() => upload.AppendAsync(start, body, stopped));

        public async Task<Digest> DigestAsync()
        {
            var digest = default(Digest);
            await UploadTurns.RunAsync(async () => (_whole, digest) = await upload.JoinAsync(stopped));
            return digest;
        }

        public Task CompleteAsync(string repository, Digest digest) => UploadTurns.RunAsync(async () =>
        {
            if (_whole is not null)
            {
                await upload.Store.Content.PutAsync(_whole, stopped);
            }

            if (!await new SharedRepository(repository, upload.Store, upload.Database).LinkBlobAsync(digest, stopped))
            {
                throw Refusals.UploadUnknown(upload.Id.ToString("N")); // it waited for more than a day
            }
        });

        public Task EndAsync() => upload.All.RemoveAsync(upload.Id);

        public void Dispose()
        {
            _whole?.Dispose();
            turn.Dispose();
        }
    }

    private DatabaseStore Store => store;

    private StoreDatabase Database => database;

    private SharedUploads All => all;
}
