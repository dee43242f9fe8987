using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What is told of deployments to those who watch.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class AnnouncedDeploymentTests
{
    [Fact]
    public async Task What_deployments_come_to_is_told_in_its_order_with_the_configuration_and_the_reason()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var first = await store.AddAsync(1);
        await store.DeployUntilAsync(first);
        await store.DeployUntilAsync(await store.AddAsync(2));
        await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
        await store.DeployUntilAsync(await store.AddAsync(3, new { Ends = "Torn." }), DeploymentState.Failed);

        var told = await ReadAsync(store, until: RegistryEventKind.DeploymentFailed);

        string[] kinds =
        [
            RegistryEventKind.DeploymentRequested, RegistryEventKind.DeploymentApproved, RegistryEventKind.DeploymentLive,
        ];
        Assert.Equal(
            [
                .. kinds, .. kinds, .. kinds[..2], RegistryEventKind.DeploymentRolledBack, kinds[2],
                .. kinds[..2], RegistryEventKind.DeploymentFailed,
            ],
            told.Select(one => one.Kind));
        Assert.All(told, one => Assert.Equal("prices", one.Subject));
        Assert.Equal((first.Digest.ToString(), 1L), (told[0].Digest, told[0].Step));
        Assert.Contains("ended while it started", told[^1].Value!.Value.GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Torn.", told[^1].Value!.Value.GetString(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<RegistryEvent>> ReadAsync(DeployedStore store, string until)
    {
        var told = new List<RegistryEvent>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var registry = EnvelopeRegistry.Open(store.Served.Address, OtherStore.Options, store.Served.Store);
        await foreach (var one in registry.WatchAsync(after: 0, cancellationToken: patience.Token))
        {
            if (one.Kind.StartsWith("deployment-", StringComparison.Ordinal))
            {
                told.Add(one);
            }

            if (one.Kind == until)
            {
                break;
            }
        }

        return told;
    }
}
