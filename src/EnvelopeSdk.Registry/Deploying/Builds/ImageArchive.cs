using System.Formats.Tar;
using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>
/// An image as one file: what .NET's container support writes, an OCI image layout in a tar (OCI image specification
/// 1.1).
/// </summary>
/// <param name="path">The file.</param>
internal sealed class ImageArchive(string path)
{
    private const string Blobs = "blobs/sha256/";

    /// <summary>Reads the one manifest that the index names.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public async Task<(Digest Digest, byte[] Bytes)> ReadManifestAsync(CancellationToken cancellationToken)
    {
        using var index = JsonDocument.Parse(await ReadAsync("index.json", cancellationToken));
        var named = index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString();
        if (!Digest.TryParse(named ?? "", out var digest))
        {
            throw new InvalidDataException($"'{path}' names '{named}', which is no digest.");
        }

        var bytes = await ReadAsync(Blobs + digest.Hex, cancellationToken);
        return Digest.Of(bytes) == digest
            ? (digest, bytes)
            : throw new InvalidDataException($"The manifest in '{path}' is not what its digest says.");
    }

    /// <summary>Gives each of some blobs once, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">One is not there.</exception>
    public async Task ReadBlobsAsync(
        IEnumerable<Digest> blobs, Func<Digest, Stream, Task> take, CancellationToken cancellationToken)
    {
        var wanted = blobs.ToDictionary(one => Blobs + one.Hex);
        await using var file = File.OpenRead(path);
        await using var tar = new TarReader(file);
        while (wanted.Count > 0 && await tar.GetNextEntryAsync(false, cancellationToken) is { } entry)
        {
            if (wanted.Remove(entry.Name, out var digest))
            {
                await take(digest, entry.DataStream ?? Stream.Null);
            }
        }

        if (wanted.Count > 0)
        {
            throw new InvalidDataException($"'{path}' has no '{wanted.Keys.First()}'.");
        }
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var tar = new TarReader(file);
        while (await tar.GetNextEntryAsync(false, cancellationToken) is { } entry)
        {
            if (entry.Name == name && entry.Length <= ManifestReader.Largest)
            {
                var bytes = new byte[entry.Length];
                await (entry.DataStream ?? Stream.Null).ReadExactlyAsync(bytes, cancellationToken);
                return bytes;
            }
        }

        throw new InvalidDataException($"'{path}' has no '{name}'.");
    }
}
