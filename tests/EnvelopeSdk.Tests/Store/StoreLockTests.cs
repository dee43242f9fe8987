using System.Diagnostics;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class StoreLockTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_lock_that_is_held_is_waited_for()
    {
        var path = _store.At("lock");
        var held = await StoreLock.AcquireAsync(path, default);
        Assert.Null(StoreLock.TryAcquire(path));

        var waiting = StoreLock.AcquireAsync(path, default);
        await Task.Delay(100);
        Assert.False(waiting.IsCompleted);

        held.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_cancelled()
    {
        using var held = await StoreLock.AcquireAsync(_store.At("lock"), default);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreLock.AcquireAsync(_store.At("lock"), cancellation.Token));
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_is_not_taken_for_one_that_is_held()
    {
        Directory.CreateDirectory(_store.Store.Address);
        File.CreateSymbolicLink(_store.In("lock"), "lock"); // leads to itself for ever
        var waited = Stopwatch.StartNew();

        var failure = await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.SaveAsync(), _store.Store.Address);

        Assert.DoesNotContain("Another process", failure.Message, StringComparison.Ordinal);
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10));
    }
}
