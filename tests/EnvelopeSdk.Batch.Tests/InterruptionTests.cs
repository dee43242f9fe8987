using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Tests;

public sealed class InterruptionTests
{
    private const string Endless = "SELECT sum(hash(i)) FROM range(100000000000) t(i)";

    [Fact]
    public async Task Something_that_takes_long_can_be_interrupted_and_says_so()
    {
        using var tables = new DuckTables(Path.GetTempPath(), 256, 2);
        using var asked = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var interruption = new Interruption(tables, asked.Token);

        var failure = await Assert.ThrowsAsync<DuckException>(() => Task.Run(() => tables.Run(Endless)));

        Assert.True(failure.IsForNow);
    }

    [Fact]
    public async Task What_is_begun_when_a_stop_was_asked_for_is_stopped_too()
    {
        using var tables = new DuckTables(Path.GetTempPath(), 256, 2);
        using var asked = new CancellationTokenSource();
        using var interruption = new Interruption(tables, asked.Token);
        await asked.CancelAsync();
        tables.Interrupt();

        await Assert.ThrowsAsync<DuckException>(() => Task.Run(() => tables.Run(Endless)));
        await Assert.ThrowsAsync<DuckException>(() => Task.Run(() => tables.Run(Endless)));
    }

    [Fact]
    public async Task Nothing_is_interrupted_that_nobody_asked_to_stop_or_when_it_no_longer_may_be()
    {
        using var tables = new DuckTables(Path.GetTempPath(), 256, 2);
        using var asked = new CancellationTokenSource();
        using (new Interruption(tables, asked.Token))
        {
            Assert.Equal([499_999_500_000], tables.Numbers("SELECT sum(i)::BIGINT FROM range(1000000) t(i)"));
        }

        await asked.CancelAsync();

        Assert.Equal([49_999_995_000_000], tables.Numbers("SELECT sum(i)::BIGINT FROM range(10000000) t(i)"));
    }
}
