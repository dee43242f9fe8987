using CsCheck;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Journal;

/// <summary>Two stores, as of two machines, between which envelopes travel in files at any time and in any order.</summary>
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

        var steps = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 9]).Array[5, 40];
        await steps.SampleAsync(RunAsync, iter: 25, threads: 1);
    }

    private async Task RunAsync((int Store, int Envelope, int Action, int Value)[] steps)
    {
        using var one = new TempStore();
        using var two = new TempStore();
        var envelopes = await _source.Store.ListAsync("house-price");
        foreach (var step in steps)
        {
            var (here, there) = step.Store == 0 ? (one, two) : (two, one);
            await DoAsync(here, there, envelopes[step.Envelope], step.Action, step.Value);
        }

        foreach (var (from, to) in ((TempStore, TempStore)[])[(one, two), (two, one)])
        {
            foreach (var envelope in await from.Store.ListAsync("house-price"))
            {
                await CarryAsync(from, to, envelope);
            }
        }

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

    private async Task DoAsync(TempStore here, TempStore there, EnvelopeReference envelope, int action, int value)
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
                await CarryAsync(here, there, envelope);
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
}
