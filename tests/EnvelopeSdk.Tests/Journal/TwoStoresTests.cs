using CsCheck;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

/// <summary>
/// Two stores, as of two machines, between which envelopes travel in files, or through a registry, at any time and in any order.
/// </summary>
public sealed class TwoStoresTests : IDisposable
{
    private readonly TempStore _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Whatever_happened_in_which_order_both_end_alike()
    {
        for (var i = 0; i < 3; i++)
        {
            await _source.SaveAsync(i);
        }

        await Steps.SampleAsync(steps => RunAsync(steps, CarryAsync), iter: 25, threads: 1);
    }

    [ProgramsFact("docker-registry")]
    public async Task Whatever_was_pushed_and_pulled_in_which_order_both_end_alike()
    {
        for (var i = 0; i < 3; i++)
        {
            await _source.SaveAsync(i);
        }

        await using var registry = await RegistryProcess.StartAsync();
        var run = 0;
        await Steps.SampleAsync(
            steps =>
            {
                var repository = $"oci://{registry.Host}/run{++run}";
                return RunAsync(steps, (from, to, envelope) => PushAndPullAsync(from, to, envelope, repository));
            },
            iter: 10, threads: 1);
    }

    [ProgramsFact("docker-registry")]
    public async Task Two_who_push_and_pull_at_once_end_alike()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var envelope = await _source.SaveAsync();
        var address = $"oci://{registry.Host}/both/house-price:latest";
        await _source.Store.PushAsync(envelope, address);
        using var one = new TempStore();
        using var two = new TempStore();
        await Task.WhenAll(new[] { one, two }.Select(async store =>
        {
            await store.Store.PullAsync(address);
            for (var i = 0; i < 10; i++)
            {
                await store.Store.RecordMetricAsync(envelope, "loss", i, step: Random.Shared.Next());
                await store.Store.PushAsync(envelope, address);
                await store.Store.PullAsync(address);
            }
        }));
        await Task.WhenAll(one.Store.PullAsync(address), two.Store.PullAsync(address));

        await AssertAlikeAsync(one, two);
        Assert.Equal(20, (await one.Store.ReadJournalAsync(envelope)).Metrics["loss"].Count);
    }

    private static Gen<(int Store, int Envelope, int Action, int Value)[]> Steps =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 9]).Array[5, 40];

    private async Task RunAsync(
        (int Store, int Envelope, int Action, int Value)[] steps, Func<TempStore, TempStore, EnvelopeReference, Task> carry)
    {
        using var one = new TempStore();
        using var two = new TempStore();
        var envelopes = await _source.Store.ListAsync("house-price");
        foreach (var step in steps)
        {
            var (here, there) = step.Store == 0 ? (one, two) : (two, one);
            await DoAsync(here, there, envelopes[step.Envelope], step.Action, step.Value, carry);
        }

        foreach (var (from, to) in ((TempStore, TempStore)[])[(one, two), (two, one)])
        {
            foreach (var envelope in await from.Store.ListAsync("house-price"))
            {
                await carry(from, to, envelope);
            }
        }

        await AssertAlikeAsync(one, two);
    }

    private static async Task AssertAlikeAsync(TempStore one, TempStore two)
    {
        Assert.Equal(await one.Store.ListAsync("house-price"), await two.Store.ListAsync("house-price"));
        foreach (var envelope in await one.Store.ListAsync("house-price"))
        {
            var (here, there) = (await one.Store.ReadJournalAsync(envelope), await two.Store.ReadJournalAsync(envelope));
            Assert.Equal(here.Events.Select(one => one.Id), there.Events.Select(one => one.Id));
            Assert.Equal(here.Labels.Tags, there.Labels.Tags);
            Assert.Equal(here.Labels.Metrics, there.Labels.Metrics);
            Assert.Equal(here.Saved, there.Saved);
        }
    }

    private async Task DoAsync(TempStore here, TempStore there, EnvelopeReference envelope, int action, int value, Func<TempStore, TempStore, EnvelopeReference, Task> carry)
    {
        var isHere = (await here.Store.ListAsync("house-price")).Contains(envelope);
        switch (action)
        {
            case 0:
                await here.Store.CopyAsync(await _source.Store.OpenAsync(envelope.Name, envelope.Digest), EnvelopeSdk.Journal.EnvelopeJournal.Empty);
                break;
            case 1 when isHere:
                await here.Store.TagAsync(envelope, new Dictionary<string, string?> { [$"tag{value % 2}"] = value > 7 ? null : $"{value}" });
                break;
            case 2 when isHere:
                await here.Store.RecordMetricAsync(envelope, "loss", value, step: value % 3);
                break;
            case 3 or 4 when isHere:
                await carry(here, there, envelope);
                break;
        }
    }

    private static async Task CarryAsync(TempStore from, TempStore to, EnvelopeReference envelope)
    {
        var file = from.At("carried.envelope");
        await EnvelopeArchive.ExportAsync(
            await from.Store.OpenAsync(envelope.Name, envelope.Digest), await from.Store.ReadJournalAsync(envelope), file);
        Assert.Equal(envelope, await EnvelopeArchive.ImportAsync(file, to.Store));
    }

    private static async Task PushAndPullAsync(TempStore from, TempStore to, EnvelopeReference envelope, string repository)
    {
        var address = $"{repository}/house-price:at-{envelope.Digest.Hex[..12]}";
        await from.Store.PushAsync(envelope, address);
        Assert.Equal(envelope, await to.Store.PullAsync(address));
    }
}
