using System.Diagnostics;
using System.Runtime.InteropServices;
using Diamonds;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// How long a model with one large array takes to a registry on this machine and from there, against <c>skopeo</c> with
/// the same envelope, and how much memory the registry has at the most more than at its start. Each push is into a
/// registry that had a small one before, so that what it compiles once is compiled, and each pull into an empty store.
/// Needs Debian's <c>docker-registry</c> and <c>skopeo</c>.
/// </summary>
internal static class PushedState
{
    private const int Rounds = 3;

    public static async Task RunAsync(string directory, int megabytes, params RegistryKind[] kinds)
    {
        var root = Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName;
        try
        {
            var store = EnvelopeStore.Open(Path.Combine(root, "store"));
            var saved = await SaveAsync(store, megabytes);
            var small = await SaveAsync(store, 1);
            foreach (var kind in kinds)
            {
                Console.WriteLine($"{megabytes} MB, {kind.Name}, medians of {Rounds} in turn");
                await MeasureAsync(kind, store, saved, small, root);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<EnvelopeReference> SaveAsync(IEnvelopeStore store, int megabytes)
    {
        var items = new float[megabytes * (1 << 18)];
        new Random(megabytes).NextBytes(MemoryMarshal.AsBytes(items.AsSpan()));
        return await Envelope.SaveAsync(new Embedding(items), store: store);
    }

    private static async Task MeasureAsync(
        RegistryKind kind, IEnvelopeStore store, EnvelopeReference saved, EnvelopeReference small, string root)
    {
        var (push, pull, theirPush, theirPull) = (new Transfer(), new Transfer(), new Transfer(), new Transfer());
        for (var round = 0; round < Rounds; round++)
        {
            using (var registry = await StartAsync(kind, store, small, Path.Combine(root, "ours")))
            {
                var address = $"oci://{registry.Host}/models/embedding:latest";
                var target = EnvelopeStore.Open(Path.Combine(root, "pulled"));
                await push.MeasureAsync(registry, () => store.PushAsync(saved, address));
                await pull.MeasureAsync(registry, () => target.PullAsync(address));
            }

            using (var registry = await StartAsync(kind, store, small, Path.Combine(root, "theirs")))
            {
                var image = $"docker://{registry.Host}/models/embedding:latest";
                var pulled = Path.Combine(root, "copied");
                var layout = Path.Combine(store.Address, "layouts", saved.Name) + ":" + saved.Digest.ToString()[7..19];
                await theirPush.MeasureAsync(registry, () => CopyAsync(registry, "dest", $"oci:{layout}", image));
                await theirPull.MeasureAsync(registry, () => CopyAsync(registry, "src", image, $"oci:{pulled}:latest"));
            }

            foreach (var name in (string[])["ours", "theirs", "pulled", "copied"])
            {
                Directory.Delete(Path.Combine(root, name), recursive: true);
            }
        }

        Print("push", push, theirPush);
        Print("pull", pull, theirPull);
    }

    /// <summary>Starts a registry, and pushes something small and pulls it again.</summary>
    private static async Task<StartedServer> StartAsync(
        RegistryKind kind, IEnvelopeStore store, EnvelopeReference small, string directory)
    {
        var registry = await kind.StartAsync(directory);
        Environment.SetEnvironmentVariable("ENVELOPE_KEY", registry.Key);
        var address = $"oci://{registry.Host}/small/embedding:latest";
        await store.PushAsync(small, address);
        await EnvelopeStore.Open(Path.Combine(directory, "small")).PullAsync(address);
        return registry;
    }

    private static void Print(string what, Transfer ours, Transfer theirs)
    {
        Taking.Print(what, ours.Seconds, "skopeo", theirs.Seconds, ours.Caller);
        Console.WriteLine(
            $"  the registry: {ours.Registry >> 20} MB more than at its start, with skopeo {theirs.Registry >> 20} MB");
    }

    private static async Task CopyAsync(StartedServer registry, string end, string from, string to)
    {
        string[] let = registry.Key is null ? [] : [$"--{end}-creds=key:{registry.Key}"];
        using var skopeo = Process.Start(new ProcessStartInfo(
            "skopeo", ["copy", "--quiet", "--insecure-policy", $"--{end}-tls-verify=false", .. let, from, to]))!;
        await skopeo.WaitForExitAsync();
        if (skopeo.ExitCode != 0)
        {
            throw new InvalidOperationException("skopeo failed.");
        }
    }

    /// <summary>What transfers took, and how much memory the one that took most of it.</summary>
    private sealed class Transfer
    {
        public List<double> Seconds { get; } = [];

        public long Caller { get; private set; }

        public long Registry { get; private set; }

        public async Task MeasureAsync(StartedServer registry, Func<Task> action)
        {
            var caller = 0L;
            var peak = await Taking.PeakAsync(registry.ProcessId, async () => caller = await Taking.MemoryAsync(
                async () => Seconds.Add(await Taking.SecondsAsync(action))));
            (Caller, Registry) = (Math.Max(Caller, caller), Math.Max(Registry, peak - registry.FirstMemory));
        }
    }
}
