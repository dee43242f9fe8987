using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Diamonds;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// How long a model with one large array takes to a registry on this machine and from there, against <c>skopeo</c> with
/// the same envelope. Each push is into an empty registry, and each pull into an empty store. Needs Debian's
/// <c>docker-registry</c> and <c>skopeo</c>.
/// </summary>
internal static class PushedState
{
    private const int Rounds = 3;

    public static async Task RunAsync(string directory, int megabytes)
    {
        var root = Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName())).FullName;
        try
        {
            var store = EnvelopeStore.Open(Path.Combine(root, "store"));
            var saved = await SaveAsync(store, megabytes);
            var small = await SaveAsync(store, 1);
            await MeasureAsync(store, small, Path.Combine(root, "warm"), 1); // what is compiled once
            Console.WriteLine($"{megabytes} MB, medians of {Rounds} in turn");
            await MeasureAsync(store, saved, root, Rounds);
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

    private static async Task MeasureAsync(IEnvelopeStore store, EnvelopeReference saved, string root, int rounds)
    {
        List<double> pushes = [], theirPushes = [], pulls = [], theirPulls = [];
        long pushing = 0, pulling = 0;
        for (var round = 0; round < rounds; round++)
        {
            using (var registry = await RegistryServer.StartAsync(Path.Combine(root, "ours")))
            {
                var address = $"oci://{registry.Host}/models/embedding:latest";
                var target = EnvelopeStore.Open(Path.Combine(root, "pulled"));
                pushing = Math.Max(pushing, await Taking.MemoryAsync(async () =>
                    pushes.Add(await Taking.SecondsAsync(() => store.PushAsync(saved, address)))));
                pulling = Math.Max(pulling, await Taking.MemoryAsync(async () =>
                    pulls.Add(await Taking.SecondsAsync(() => target.PullAsync(address)))));
            }

            using (var registry = await RegistryServer.StartAsync(Path.Combine(root, "theirs")))
            {
                var (image, pulled) = ($"docker://{registry.Host}/models/embedding:latest", Path.Combine(root, "copied"));
                var layout = $"oci:{Path.Combine(store.Address, "layouts", saved.Name)}:{saved.Digest.ToString()[7..19]}";
                theirPushes.Add(await Taking.SecondsAsync(() => CopyAsync("--dest-tls-verify=false", layout, image)));
                theirPulls.Add(await Taking.SecondsAsync(() => CopyAsync("--src-tls-verify=false", image, $"oci:{pulled}:latest")));
            }

            foreach (var name in (string[])["ours", "theirs", "pulled", "copied"])
            {
                Directory.Delete(Path.Combine(root, name), recursive: true);
            }
        }

        Taking.Print("push", pushes, "skopeo", theirPushes, pushing);
        Taking.Print("pull", pulls, "skopeo", theirPulls, pulling);
    }

    private static async Task CopyAsync(params string[] arguments)
    {
        using var skopeo = Process.Start(new ProcessStartInfo("skopeo", ["copy", "--quiet", "--insecure-policy", .. arguments]))!;
        await skopeo.WaitForExitAsync();
        if (skopeo.ExitCode != 0)
        {
            throw new InvalidOperationException("skopeo failed.");
        }
    }
}

/// <summary>A <c>docker-registry</c> with nothing in it.</summary>
internal sealed class RegistryServer(Process process, string host) : IDisposable
{
    public string Host => host;

    public static async Task<RegistryServer> StartAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var host = listener.LocalEndpoint.ToString()!;
        listener.Stop();
        var configuration = Path.Combine(directory, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog:\n  accesslog:\n    disabled: true\nstorage:\n  filesystem:\n"
            + $"    rootdirectory: '{directory}'\nhttp:\n  addr: '{host}'\n");
        var process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", "exec docker-registry serve \"$0\" 2> /dev/null", configuration]))!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPEndPoint.Parse(host));
                return new(process, host);
            }
            catch (SocketException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
