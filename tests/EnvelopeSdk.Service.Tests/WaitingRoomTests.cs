namespace EnvelopeSdk.Service.Tests;

public class WaitingRoomTests
{
    private int _busy = 1;

    [Fact]
    public void Calls_that_wait_and_keep_no_thread_busy_let_in_more_and_more()
    {
        var room = Room(waiting: null);
        Assert.Equal(4, room.Most);
        Note(room, 10);
        Assert.Equal(14, room.Most);
        Note(room, 100);
        Assert.Equal(64, room.Most);
    }

    [Fact]
    public void Calls_that_compute_after_a_wait_let_in_few_at_once()
    {
        var room = Room(waiting: null);
        Note(room, 100);
        _busy = 5;
        Note(room, 1);
        Assert.Equal(32, room.Most);
        Note(room, 10);
        Assert.Equal(4, room.Most);
    }

    [Fact]
    public void Calls_that_find_no_room_while_processors_are_idle_make_some()
    {
        var room = Room(waiting: null);
        for (var i = 0; i < 100; i++)
        {
            room.NoteFull(processors: 0.1);
        }

        Assert.Equal(64, room.Most);
    }

    [Fact]
    public void Calls_that_find_no_room_while_processors_work_make_none()
    {
        var room = Room(waiting: null);

        room.NoteFull(processors: 1.5);

        Assert.Equal(4, room.Most);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(500)]
    public void What_is_configured_holds(int waiting)
    {
        var room = Room(waiting);
        Note(room, 10);
        _busy = 50;
        Note(room, 10);

        Assert.Equal((waiting, waiting), (room.Most, room.Largest));
        room.NoteFull(processors: 0);
        Assert.Equal(waiting, room.Most);
    }

    [Fact]
    public void A_great_many_calls_at_once_have_the_largest_room()
    {
        var room = new WaitingRoom(new CallLimits(10_000, null, null), () => _busy);
        Note(room, 10);

        Assert.Equal((10_000, 10_000), (room.Most, room.Largest));
    }

    private static void Note(WaitingRoom room, int times)
    {
        for (var i = 0; i < times; i++)
        {
            room.Note();
        }
    }

    private WaitingRoom Room(int? waiting) => new(new CallLimits(Concurrent: 2, waiting, Queued: null), () => _busy);
}
