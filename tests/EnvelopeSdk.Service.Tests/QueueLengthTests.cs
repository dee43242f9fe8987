namespace EnvelopeSdk.Service.Tests;

public class QueueLengthTests
{
    [Theory]
    [InlineData(0.02, 10_000)] // milliseconds a call; bodies are held, so there is an end
    [InlineData(1, 2000)]
    [InlineData(10, 200)]
    [InlineData(300, 64)] // 32 of each processor are no overload
    public void As_many_calls_wait_as_are_answered_in_a_second(double milliseconds, int expected)
    {
        var length = new QueueLength(new CallLimits(Concurrent: 2, Waiting: 0, Queued: null));
        Note(length, milliseconds, times: 10);

        Assert.InRange(length.Most, expected - 1, expected);
    }

    [Theory]
    [InlineData(313), InlineData(10_000)]
    public void A_great_many_calls_at_once_have_the_longest_queue(int concurrent)
    {
        var length = new QueueLength(new CallLimits(concurrent, 0, null));
        Assert.Equal(10_000, length.Most);

        Note(length, 60_000, times: 100);
        Assert.Equal(10_000, length.Most);
    }

    [Fact]
    public void A_model_that_gets_slow_has_a_short_queue_soon()
    {
        var length = new QueueLength(new CallLimits(2, 0, null));
        Note(length, 0.02, times: 100_000);
        Note(length, 300, times: 100);

        Assert.Equal(64, length.Most);
    }

    [Fact]
    public void The_first_call_of_all_which_is_slow_is_forgotten_soon()
    {
        var length = new QueueLength(new CallLimits(2, 0, null));
        Note(length, 200, times: 1);
        Note(length, 0.02, times: 300);

        Assert.Equal(10_000, length.Most);
    }

    [Fact]
    public void What_is_configured_holds()
    {
        var length = new QueueLength(new CallLimits(2, 0, 3));
        Note(length, 0.02, times: 100);

        Assert.Equal(3, length.Most);
    }

    private static void Note(QueueLength length, double milliseconds, int times)
    {
        for (var i = 0; i < times; i++)
        {
            length.Note(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
