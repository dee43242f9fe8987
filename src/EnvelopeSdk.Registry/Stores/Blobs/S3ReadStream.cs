using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>
/// Reads an object that does not change, from wherever it is sought to. A connection that breaks is made anew, behind
/// what was read.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="key">The object.</param>
/// <param name="length">How many bytes it has.</param>
/// <param name="tell">Says for people what failed.</param>
internal sealed class S3ReadStream(
    IAmazonS3 client, string bucket, string key, long length, Func<Exception, Exception> tell) : Stream
{
    private const int Attempts = 4;

    private GetObjectResponse? _answer;
    private long _at;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var source = await SourceAsync(cancellationToken);
                var read = await source.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    throw new IOException($"The answer ended {length - _position} bytes too early.");
                }

                _at = _position += read;
                return read;
            }
            catch (AmazonServiceException failure)
            {
                throw tell(failure);
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException or AmazonClientException)
            {
                HangUp();
                if (attempt == Attempts)
                {
                    throw tell(failure);
                }
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HangUp();
        }

        base.Dispose(disposing);
    }

    private async Task<Stream> SourceAsync(CancellationToken cancellationToken)
    {
        if (_answer is null || _at != _position)
        {
            HangUp();
            _answer = await client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ByteRange = new ByteRange(_position, length - 1),
                },
                cancellationToken);
            _at = _position;
        }

        return _answer.ResponseStream;
    }

    private void HangUp()
    {
        _answer?.Dispose();
        _answer = null;
    }
}
