using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Stores.Blobs;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores.Blobs;

/// <summary>What every place for content does.</summary>
public abstract class BlobStorageContract : IDisposable
{
    private protected abstract IBlobStorage Storage { get; }

    [DatabaseFact]
    public async Task What_was_put_is_there_whole_and_of_its_size()
    {
        await Storage.CheckAsync(default);
        var digest = await PutAsync("0123456789"u8.ToArray());

        Assert.Equal(10, await Storage.SizeOfAsync(digest, default));
        Assert.Equal("0123456789"u8.ToArray(), await ReadAsync(digest, 0, 10));
        Assert.Equal("567"u8.ToArray(), await ReadAsync(digest, 5, 3));
        Assert.Contains(digest.Hex, Storage.Describe(digest), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Nothing_is_content_too()
    {
        await Storage.CheckAsync(default);
        var digest = await PutAsync([]);

        Assert.Equal(0, await Storage.SizeOfAsync(digest, default));
        Assert.Empty(await ReadAsync(digest, 0, 0));
    }

    [DatabaseFact]
    public async Task What_is_missing_has_no_size_and_is_not_opened_and_can_be_deleted()
    {
        await Storage.CheckAsync(default);
        var missing = Digest.Of("missing"u8);

        Assert.Equal(-1, await Storage.SizeOfAsync(missing, default));
        Assert.Null(await Storage.OpenAsync(missing, default));
        Assert.Null(Storage.FindPath(missing));
        await Storage.DeleteAsync(missing, default);
    }

    [DatabaseFact]
    public async Task What_was_deleted_is_gone_and_can_be_put_again()
    {
        await Storage.CheckAsync(default);
        var digest = await PutAsync("content"u8.ToArray());
        await Storage.DeleteAsync(digest, default);
        Assert.Equal(-1, await Storage.SizeOfAsync(digest, default));

        Assert.Equal(digest, await PutAsync("content"u8.ToArray()));
        Assert.Equal(7, await Storage.SizeOfAsync(digest, default));
    }

    [DatabaseFact]
    public async Task Large_content_is_read_from_anywhere()
    {
        await Storage.CheckAsync(default);
        var bytes = new byte[(2 * S3Blobs.PartSize) + 12_345];
        new Random(7).NextBytes(bytes);
        var digest = await PutAsync(bytes);

        Assert.Equal(bytes.Length, await Storage.SizeOfAsync(digest, default));
        await using var stream = await Storage.OpenAsync(digest, default);
        Assert.Equal(digest, await Digest.OfAsync(stream!, default));
        foreach (var start in (long[])[S3Blobs.PartSize - 7, 3, 2 * S3Blobs.PartSize, bytes.Length - 5])
        {
            var read = new byte[5];
            stream!.Position = start;
            await stream.ReadExactlyAsync(read);
            Assert.Equal(bytes.AsSpan((int)start, 5).ToArray(), read);
        }

        Assert.Equal(0, await stream!.ReadAsync(new byte[1]));
    }

    public virtual void Dispose()
    {
        Storage.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Digest> PutAsync(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await Storage.PutAsync(Digest.Of(bytes), content, default);
        return Digest.Of(bytes);
    }

    private async Task<byte[]> ReadAsync(Digest digest, long start, int count)
    {
        await using var stream = await Storage.OpenAsync(digest, default);
        stream!.Position = start;
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}

public sealed class BlobFolderTests : BlobStorageContract
{
    private readonly TempDirectory _directory = new();

    public BlobFolderTests() => Storage = new BlobFolder(_directory.At("blobs"));

    private protected override IBlobStorage Storage { get; }

    [Fact]
    public async Task What_a_dead_writer_left_is_removed_when_it_is_old_and_not_before()
    {
        await Storage.CheckAsync(default);
        var partial = Path.Combine(_directory.At("blobs"), "partial", "left");
        await File.WriteAllTextAsync(partial, "lef");
        await Storage.RemoveUnfinishedAsync(DateTime.UtcNow.AddHours(-1), default);
        Assert.True(File.Exists(partial));

        await Storage.RemoveUnfinishedAsync(DateTime.UtcNow.AddHours(1), default);
        Assert.False(File.Exists(partial));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_directory.At("file"), "");
        using var storage = BlobStorage.Open(_directory.At("file"));
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => storage.CheckAsync(default));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains($"'{_directory.At("file")}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://"), InlineData("s3:///prefix"), InlineData("http://host/bucket")]
    public void What_is_no_place_is_refused(string place) => Assert.Contains(
        place, Assert.Throws<EnvelopeException>(() => BlobStorage.Open(place)).Message, StringComparison.Ordinal);

    public override void Dispose()
    {
        base.Dispose();
        _directory.Dispose();
    }
}

[Collection(S3Server.Collection)]
public sealed class S3BlobsTests(S3Server server) : BlobStorageContract
{
    private protected override IBlobStorage Storage { get; } =
        S3Server.WhySkipped is null ? server.Open($"{Guid.NewGuid():N}/") : null!;

    [DatabaseFact]
    public async Task A_bucket_that_is_not_there_is_named_without_keys()
    {
        using var storage = server.Open("", "no-such-bucket");
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => storage.CheckAsync(default));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains("s3://no-such-bucket/", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3RVER", failure.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Content_that_is_removed_while_it_is_read_is_said_to_be_unavailable()
    {
        var bytes = new byte[3 << 20];
        var digest = await PutAsync(bytes);
        await using var stream = await Storage.OpenAsync(digest, default);
        await Storage.DeleteAsync(digest, default);

        await Assert.ThrowsAsync<EnvelopeException>(async () => await stream!.ReadExactlyAsync(bytes));
    }
}
