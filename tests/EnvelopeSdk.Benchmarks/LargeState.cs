using System.Runtime.InteropServices;
using Diamonds;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// How long a model with one large array takes to be saved and loaded, against copying a file of its size (with fsync,
/// and a rename) and reading one, and how much memory that takes beside the array. The two take turns.
/// </summary>
internal static class LargeState
{
    private const int Rounds = 5;

    public static async Task RunAsync(string directory, int megabytes)
    {
        var items = new float[megabytes * (1 << 18)];
        new Random(1).NextBytes(MemoryMarshal.AsBytes<float>(items.AsSpan()[..Math.Min(items.Length, 1 << 28)]));
        var model = new Embedding(items);
        var root = Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName;
        var original = Path.Combine(root, "original");
        try
        {
            await File.WriteAllBytesAsync(original, []);
            await using (var file = File.OpenWrite(original))
            {
                for (var at = 0; at < items.Length; at += 1 << 20)
                {
                    file.Write(MemoryMarshal.AsBytes(items.AsSpan(at, Math.Min(1 << 20, items.Length - at))));
                }
            }

            await SaveAsync(new Embedding(new float[1 << 20]), Path.Combine(root, "warm")); // what is compiled once
            await MeasureAsync(model, items, original, root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task MeasureAsync(Embedding model, float[] items, string original, string root)
    {
        List<double> copies = [], saves = [], reads = [], loads = [];
        long saving = 0, loading = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var store = Path.Combine(root, "store");
            copies.Add(await Taking.SecondsAsync(() => Task.Run(() => Copy(original, Path.Combine(root, "copy")))));
            saving = Math.Max(saving, await Taking.MemoryAsync(async () =>
                saves.Add(await Taking.SecondsAsync(() => SaveAsync(model, store)))));
            reads.Add(await Taking.SecondsAsync(() => Task.Run(() => Read(original, items.Length))));
            GC.Collect();
            loading = Math.Max(loading, await Taking.MemoryAsync(async () =>
                loads.Add(await Taking.SecondsAsync(() => Envelope.LoadAsync<Embedding>("embedding", EnvelopeStore.Open(store))))));
            GC.Collect();
            Directory.Delete(store, recursive: true);
            File.Delete(Path.Combine(root, "copy"));
        }

        GC.KeepAlive(items);
        Console.WriteLine($"{items.Length / (1 << 18)} MB, medians of {Rounds} in turn");
        Taking.Print("save", saves, "File.Copy", copies, saving);
        Taking.Print("load", loads, "read", reads, loading);
    }

    private static Task SaveAsync(Embedding model, string store) =>
        Envelope.SaveAsync(model, store: EnvelopeStore.Open(store));

    internal static void Copy(string from, string to)
    {
        File.Copy(from, to + ".partial");
        using (var copy = new FileStream(to + ".partial", FileMode.Open, FileAccess.Write))
        {
            copy.Flush(flushToDisk: true);
        }

        File.Move(to + ".partial", to);
    }

    private static float[] Read(string path, int length)
    {
        using var file = File.OpenHandle(path);
        var items = GC.AllocateUninitializedArray<float>(length);
        for (long at = 0; at < length; at += 1 << 20)
        {
            var piece = items.AsSpan((int)at, (int)Math.Min(1 << 20, length - at));
            _ = RandomAccess.Read(file, MemoryMarshal.AsBytes(piece), at * sizeof(float));
        }

        return items;
    }
}
