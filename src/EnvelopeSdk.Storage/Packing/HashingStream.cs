using System.Security.Cryptography;

namespace EnvelopeSdk.Packing;

/// <summary>
/// Hashes what is written through it, on another processor than the one that writes. It leaves the inner stream open.
/// </summary>
internal sealed class HashingStream(Stream inner, IncrementalHash hash) : WriteOnlyStream
{
    /// <summary>The most that is written at once: .NET has streams that fail on a gigabyte.</summary>
    private const int PieceLength = 4 << 20;

    /// <summary>From how many bytes on a second thread pays.</summary>
    private const int LeastBesides = 128 * 1024;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, PieceLength)];
            rest = rest[piece.Length..];
            try
            {
                WritePiece(piece);
            }
            catch (ArgumentOutOfRangeException tooLarge)
            {
                throw TooLarge(tooLarge);
            }
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, PieceLength)];
            rest = rest[piece.Length..];
            var hashing = Hash(piece);
            try
            {
                await inner.WriteAsync(piece, cancellationToken);
            }
            catch (ArgumentOutOfRangeException tooLarge)
            {
                throw TooLarge(tooLarge);
            }
            finally
            {
                await hashing; // the caller may change the bytes as soon as this returns
            }
        }
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private Task Hash(ReadOnlyMemory<byte> piece)
    {
        if (piece.Length >= LeastBesides)
        {
            return Task.Run(() => hash.AppendData(piece.Span));
        }

        hash.AppendData(piece.Span);
        return Task.CompletedTask;
    }

    private unsafe void WritePiece(ReadOnlySpan<byte> piece)
    {
        if (piece.Length < LeastBesides)
        {
            inner.Write(piece);
            hash.AppendData(piece);
            return;
        }

        fixed (byte* first = piece)
        {
            var (start, length) = ((nint)first, piece.Length); // held until the hashing has ended, below
            var hashing = Task.Run(() => hash.AppendData(new ReadOnlySpan<byte>((byte*)start, length)));
            try
            {
                inner.Write(piece);
            }
            finally
            {
                hashing.Wait();
            }
        }
    }

    // .NET takes a file that outgrows its file system, or the user's limit, for a wrong argument.
    private static IOException TooLarge(ArgumentOutOfRangeException cause) =>
        new("The file is too large for the file system or for the limit of this process.", cause);
}
