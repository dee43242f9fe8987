using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>Content in a bucket of S3: <c>PREFIXsha256/HEX</c>.</summary>
/// <param name="client">The client, which this closes.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="prefix">What the keys begin with: nothing, or ends with a slash.</param>
internal sealed class S3Blobs(IAmazonS3 client, string bucket, string prefix) : IBlobStorage
{
    /// <summary>What is larger is sent in parts. S3 has no part below 5 MiB but the last, and 10,000 at most.</summary>
    public const long PartSize = 16 << 20;

    /// <summary>What is smaller is read at once.</summary>
    private const long Small = 1 << 20;

    private const int MostParts = 10_000;

    public string Name => $"'s3://{bucket}/{prefix}'";

    public Task CheckAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var digest = Digest.Of(default);
        using var nothing = new MemoryStream();
        await client.PutObjectAsync(Put(KeyOf(digest) + ".probe", nothing), cancellationToken);
        await client.DeleteObjectAsync(bucket, KeyOf(digest) + ".probe", cancellationToken);
        return true;
    });

    public async ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken)
    {
        var size = await SizeOfAsync(digest, cancellationToken);
        if (size < 0)
        {
            return null;
        }

        var stream = new S3ReadStream(client, bucket, KeyOf(digest), size, failure => Unavailable(failure));
        if (size > Small)
        {
            return stream;
        }

        await using (stream)
        {
            var bytes = new MemoryStream((int)size);
            await stream.CopyToAsync(bytes, cancellationToken);
            bytes.Position = 0;
            return bytes;
        }
    }

    public string? FindPath(Digest digest) => null;

    public string Describe(Digest digest) => $"s3://{bucket}/{KeyOf(digest)}";

    public Task<long> SizeOfAsync(Digest digest, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        try
        {
            return (await client.GetObjectMetadataAsync(bucket, KeyOf(digest), cancellationToken)).ContentLength;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return -1;
        }
    });

    public Task PutAsync(Digest digest, Stream content, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await (content.Length <= PartSize
            ? client.PutObjectAsync(Put(KeyOf(digest), content), cancellationToken)
            : PutPartsAsync(KeyOf(digest), content, cancellationToken));
        return true;
    });

    public Task DeleteAsync(Digest digest, CancellationToken cancellationToken) =>
        TryAsync(() => client.DeleteObjectAsync(bucket, KeyOf(digest), cancellationToken));

    public Task RemoveUnfinishedAsync(DateTime before, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var listed = await client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix + "sha256/" }, cancellationToken);
        foreach (var one in (listed.MultipartUploads ?? []).Where(one => one.Initiated?.ToUniversalTime() < before))
        {
            await client.AbortMultipartUploadAsync(bucket, one.Key, one.UploadId, cancellationToken);
        }

        return true;
    });

    public void Dispose() => client.Dispose();

    private async Task PutPartsAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var size = Math.Max(PartSize, (content.Length / MostParts) + 1);
        var upload = await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            for (var start = 0L; start < content.Length; start += size)
            {
                content.Position = start;
                var part = await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = upload.UploadId,
                        PartNumber = parts.Count + 1,
                        PartSize = Math.Min(size, content.Length - start),
                        InputStream = content,
                        UseChunkEncoding = false,
                        DisablePayloadSigning = IsSecure,
                    },
                    cancellationToken);
                parts.Add(new(parts.Count + 1, part.ETag));
            }

            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = upload.UploadId,
                    PartETags = parts,
                },
                cancellationToken);
        }
        catch
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload.UploadId, CancellationToken.None);
            throw;
        }
    }

    private bool IsSecure => client.Config.ServiceURL?.StartsWith("http:", StringComparison.Ordinal) != true;

    private PutObjectRequest Put(string key, Stream content) => new()
    {
        BucketName = bucket,
        Key = key,
        InputStream = content,
        AutoCloseStream = false,
        UseChunkEncoding = false, // not all servers undo what it adds
        DisablePayloadSigning = IsSecure, // the connection guards it, and else all would be read twice
    };

    private string KeyOf(Digest digest) => $"{prefix}sha256/{digest.Hex}";

    private async Task<T> TryAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or IOException
            or HttpRequestException)
        {
            throw Unavailable(failure);
        }
    }

    private EnvelopeException Unavailable(Exception failure) => new(
        EnvelopeError.Unavailable,
        $"The bucket {Name} cannot be used: {failure.Message} Check --blobs, and AWS_ENDPOINT_URL, AWS_REGION and the "
        + "keys in the environment.",
        failure);
}
