using System.Buffers.Binary;
using System.Globalization;
using Diamonds;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// How long a model whose state is a large file takes to be saved, loaded, verified, exported and imported, and how much
/// memory, against copying the file with fsync and a rename. It needs room for the file three times.
/// </summary>
internal static class LargeFile
{
    private const int Megabyte = 1 << 20;

    public static async Task RunAsync(string directory, int gigabytes)
    {
        var root = Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName;
        var length = (long)gigabytes << 30;
        var original = Path.Combine(root, "original");
        var archive = Path.Combine(root, "moved.envelope");
        var (store, other) = (EnvelopeStore.Open(Path.Combine(root, "store")), EnvelopeStore.Open(Path.Combine(root, "other")));
        try
        {
            var last = Write(original, length);
            Console.WriteLine($"{gigabytes} GB");
            await PrintAsync("File.Copy", () => Task.Run(() => LargeState.Copy(original, Path.Combine(root, "copy"))));
            File.Delete(Path.Combine(root, "copy"));
            await PrintAsync("save", () => Envelope.SaveAsync(new SearchIndex(new(original)), store: store));
            File.Delete(original);
            await PrintAsync("load", async () => IsLast(await Envelope.LoadAsync<SearchIndex>("search-index", store), length, last));
            var content = await store.OpenAsync("search-index");
            await PrintAsync("verify", () => content.VerifyAsync());
            await PrintAsync("export", () => EnvelopeArchive.ExportAsync(content, EnvelopeJournal.Empty, archive));
            Directory.Delete(store.Address, recursive: true);
            await PrintAsync("import", () => EnvelopeArchive.ImportAsync(archive, other));
            IsLast(await Envelope.LoadAsync<SearchIndex>("search-index", other), length, last);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <returns>The last byte.</returns>
    private static int Write(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var piece = new byte[Megabyte];
        new Random(1).NextBytes(piece);
        for (long at = 0; at < length; at += Megabyte)
        {
            BinaryPrimitives.WriteInt64LittleEndian(piece, at); // no two pieces are alike
            RandomAccess.Write(file, piece, at);
        }

        RandomAccess.FlushToDisk(file);
        return piece[^1];
    }

    private static void IsLast(SearchIndex model, long length, int last)
    {
        if (model.At(length - 1) != last)
        {
            throw new InvalidOperationException("The model's last byte is another one.");
        }
    }

    private static async Task PrintAsync(string what, Func<Task> action)
    {
        var seconds = 0.0;
        GC.Collect();
        var peak = await Taking.MemoryAsync(async () => seconds = await Taking.SecondsAsync(action));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-10} {seconds,6:0.0} s, {peak >> 20} MB more at the peak"));
    }
}
