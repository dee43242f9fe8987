using System.IO.Compression;

namespace EnvelopeSdk.MLNet;

/// <summary>
/// Rewrites a zip so that equal contents give equal bytes: ML.NET stamps each entry with the time, and the time must
/// not become part of an envelope's identity.
/// </summary>
internal static class DeterministicZip
{
    // The earliest time that a zip can say.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task CopyAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        await using var input = new ZipArchive(source, ZipArchiveMode.Read);
        await using var output = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in input.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            var copy = output.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = Epoch;
            await using var from = await entry.OpenAsync(cancellationToken);
            await using var to = await copy.OpenAsync(cancellationToken);
            await from.CopyToAsync(to, cancellationToken);
        }
    }
}
