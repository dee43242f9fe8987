using System.Globalization;
using System.Security.Cryptography;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>
/// Processes that save, tag, sign, delete and collect in one store at once and are killed wherever they are. How many, the
/// environment variable says; some seconds are enough to notice a step in the wrong order.
/// </summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Workers = 3;

    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_KILLS") ?? "45", CultureInfo.InvariantCulture);

    private readonly TempStore _source = new();
    private readonly TempStore _target = new();

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task What_was_done_before_a_kill_holds_and_what_was_under_way_is_done_or_not()
    {
        for (var i = 0; i < 5 * Workers; i++)
        {
            await _source.SaveAsync(i);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(_source.In(StoreWorker.KeyFile), key.ExportPkcs8PrivateKeyPem());
        List<WorkerProcess> workers =
            [.. Enumerable.Range(0, Workers).Select(i => new WorkerProcess(_source, _target, i, Workers))];
        var log = new FollowedLog((FolderStore)_target.Store);
        for (var round = 0; round < Kills / Workers; round++)
        {
            await Task.WhenAll(workers.Select(
                one => one.RunAsync(RandomNumberGenerator.GetInt32(int.MaxValue), RandomNumberGenerator.GetInt32(150))));
            foreach (var worker in workers)
            {
                await worker.CheckAsync();
            }

            log.Check();
            await IsSoundAsync();
        }

        Assert.True(workers.Exists(one => one.WasInterrupted), "No worker was killed while it did something.");
        Assert.True(workers.TrueForAll(one => one.Done > 0), "A worker did nothing.");
    }

    private async Task IsSoundAsync()
    {
        var listed = await _target.Store.ListAsync("house-price");
        Assert.Equal(listed.Distinct(), listed);
        foreach (var one in listed)
        {
            await (await _target.Store.OpenAsync(one.Name, one.Digest)).VerifyAsync();
        }

        await using (await _target.Store.StageAsync())
        {
            await _target.Store.CollectAsync(); // a writer that finishes what the dead ones left
        }

        Assert.Equal(listed, await _target.Store.ListAsync("house-price"));
        Assert.Empty(Directory.EnumerateFiles(_target.Store.Address, "*.partial", SearchOption.AllDirectories));
        Assert.False(File.Exists(_target.In("pending.json")));
        Assert.Empty(Directory.EnumerateDirectories(_target.In("staging")));
        var layout = ((FolderStore)_target.Store).Layout("house-price");
        Assert.Equal(
            await layout.DeriveOrderAsync(default), layout.Exists ? layout.Order.FromNewest() : []);
    }
}
