using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

public sealed class PackedFilesTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Many_files_may_be_written_at_once()
    {
        await using var staged = await _store.Store.StageAsync();
        var packer = new EnvelopePacker(staged);
        var begun = 0;
        var allBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => packer.AddAsync($"state/x/{i}", "text/plain", async stream =>
        {
            await stream.WriteAsync(new byte[] { (byte)i });
            if (Interlocked.Increment(ref begun) == 8)
            {
                allBegun.SetResult();
            }

            await allBegun.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await stream.WriteAsync(new byte[] { (byte)i });
        }, default).AsTask()));

        Assert.Equal(8, begun);
    }

    [Theory]
    [InlineData("state/w/value.json", "state/w/value.json", "in the envelope already")]
    [InlineData("state/w/value.json", "state/W/value.json", "letter case alone")]
    public async Task Two_files_of_one_path_or_of_one_on_other_systems_are_refused(string first, string second, string reason)
    {
        await using var staged = await _store.Store.StageAsync();
        var packer = new EnvelopePacker(staged);
        await packer.AddAsync(first, "text/plain", new byte[1], default);

        var error = await Assert.ThrowsAsync<EnvelopeException>(async () => await packer.AddAsync(second, "text/plain", new byte[1], default));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
    }
}
