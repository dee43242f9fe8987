using System.Globalization;
using System.Net.Http.Json;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>
/// A registry that is killed (kill -9) wherever it is, while it deploys one envelope after the other and what is
/// deployed is called. How often, the environment variable says.
/// </summary>
[Collection(ProcessesCollection.Name)]
public sealed class KilledEngineTests
{
    private const int Replicas = 2;

    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_deployment_is_lost_or_done_twice_and_no_process_stays_behind_and_no_request_fails()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync(new() { Replicas = Replicas });
        var envelopes = new[] { await store.AddAsync(1), await store.AddAsync(2), await store.AddAsync(3) };
        await store.DeployUntilAsync(envelopes[0]);
        await store.Served.StopAsync();

        using var calls = new SteadyCalls(store);
        var (random, asked) = (new Random(), 1);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var registry = await StartAsync(store);
            asked += await TryDeployAsync(store, registry, envelopes[asked % envelopes.Length]) ? 1 : 0;
            await Task.Delay(random.Next(900));
            await registry.KillAsync();
        }

        await store.Served.StartAsync();
        await Patiently.HoldsAsync(async () => (await store.ShowAsync()).Active is null);
        var all = (await store.Client.GetFromJsonAsync<IReadOnlyList<Deployment>>(
            "/api/configurations/prices/deployments?limit=1000"))!;
        Console.WriteLine($"{Kills} registries killed: {all.Count} deployments, {calls.Done} requests.");

        Assert.Equal(asked, all.Count);
        Assert.All(all, (one, i) => Assert.True(
            one.State == (i == 0 ? DeploymentState.Live : DeploymentState.Retired), $"{one.Id} is {one.State}: {one.Reason}"));
        Assert.Equal(await store.AnswerAsync(), Answer(envelopes, all[0].Digest));
        await Patiently.HoldsAsync(() => store.Processes().Count == Replicas);
        Assert.Equal(Replicas, Directory.GetDirectories(Path.Combine(store.Services, "instances")).Length);
        Assert.Equal(Replicas, CommandLines.Count(store.Services, "Envelope:Instance")); // known to it or not
        Assert.Empty(calls.Failures);
    }

    private static string Answer(EnvelopeReference[] envelopes, string digest) =>
        (Array.FindIndex(envelopes, one => one.Digest.ToString() == digest) + 1).ToString(CultureInfo.InvariantCulture);

    private static Task<RegistryProcess> StartAsync(DeployedStore store)
    {
        var options = store.Served.Options;
        return RegistryProcess.StartAsync(
        [
            "deploying", options.Store, options.Deploying!.Directory, options.Deploying.GatewayDirectory,
            store.GatewayUrl, options.UserDirectory,
        ]);
    }

    /// <summary>Asks for a deployment, if none is under way.</summary>
    private static async Task<bool> TryDeployAsync(
        DeployedStore store, RegistryProcess registry, EnvelopeReference envelope)
    {
        using var client = new HttpClient { BaseAddress = new(registry.Address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServedStore.KnownToken);
        using var answer = await client.PostAsJsonAsync(
            "/api/configurations/prices/deployments", new NewDeployment(envelope.ToString()));
        Assert.True((int)answer.StatusCode is 201 or 409, await answer.Content.ReadAsStringAsync());
        return (int)answer.StatusCode == 201;
    }
}

/// <summary>Calls what is behind the gateway, one request after the other, until it is disposed of.</summary>
internal sealed class SteadyCalls : IDisposable
{
    private readonly Task _calls;
    private volatile bool _isDone;

    public SteadyCalls(DeployedStore store) => _calls = Task.Run(async () =>
    {
        while (!_isDone)
        {
            if (await store.AnswerAsync() is not ("1" or "2" or "3") and var other)
            {
                Failures.Add(other);
            }

            Done++;
            await Task.Delay(2);
        }
    });

    public int Done { get; private set; }

    public List<string> Failures { get; } = [];

    public void Dispose()
    {
        _isDone = true;
        _calls.Wait();
    }
}
