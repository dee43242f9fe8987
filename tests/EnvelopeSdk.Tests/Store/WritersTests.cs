using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class WritersTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Many_tasks_that_save_at_once_lose_nothing()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => _store.SaveAsync(i))));

        await HoldsAsync(saved);
    }

    [Fact]
    public async Task Two_processes_that_save_at_once_lose_nothing()
    {
        using var one = Saver.Start(_store, first: 0, count: 20);
        using var two = Saver.Start(_store, first: 100, count: 20);

        Assert.Equal((0, ""), await one.EndAsync());
        Assert.Equal((0, ""), await two.EndAsync());
        await HoldsAsync(await _store.Store.ListAsync("house-price"));
        Assert.Equal(40, (await _store.Store.ListAsync("house-price")).Count);
    }

    [Fact]
    public async Task A_reader_sees_the_old_or_the_new_envelope_while_another_is_saved()
    {
        await _store.SaveAsync(0);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 30; i++)
            {
                await _store.SaveAsync(i);
            }
        });
        var last = 0.0;
        do
        {
            var model = await Envelope.LoadAsync<HousePrice>("house-price", _store.Store);
            Assert.InRange(model.Weights[0], last, 30);
            last = model.Weights[0];
            Assert.Equal(["house-price"], await _store.Store.ListNamesAsync());
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_save_that_is_cancelled_or_fails_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Envelope.SaveAsync(HousePrice.Trained, store: _store.Store, cancellationToken: cancelled.Token));
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => Envelope.SaveAsync(new Sentiment(null!, new([], Mood.Good, 0, 0), 1), store: _store.Store), "'embedding'", "null");

        Assert.Empty(await _store.Store.ListNamesAsync());
        Assert.Empty(Staged());
    }

    private async Task HoldsAsync(IReadOnlyList<EnvelopeReference> saved)
    {
        Assert.Equal(saved.Count, saved.Distinct().Count());
        Assert.Equal(saved.ToHashSet(), (await _store.Store.ListAsync("house-price")).ToHashSet());
        foreach (var reference in saved)
        {
            await (await _store.Store.OpenAsync(reference.Name, reference.Digest)).VerifyAsync();
        }

        Assert.Empty(Staged());
    }

    private IEnumerable<string> Staged() => Directory.Exists(_store.In("staging")) ? Directory.EnumerateFileSystemEntries(_store.In("staging")) : [];
}
