using System.Collections.Concurrent;
using System.Net;
using System.Text;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>How a program goes on to listen when a registry ends what it tells.</summary>
public sealed class EventStreamTests : IDisposable
{
    private readonly TempDirectory _user = new();
    private readonly HttpListener _registry = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly string _address = $"http://127.0.0.1:{Ports.Free()}";

    public void Dispose()
    {
        _registry.Close();
        _user.Dispose();
    }

    [Fact]
    public async Task A_listener_goes_on_after_what_came_last_also_when_that_was_no_event()
    {
        _registry.Prefixes.Add(_address + "/");
        _registry.Start();
        _ = Task.Run(() => TellAsync(Event(7) + "event: alive\nid: 9\ndata: null\n\n", Event(10)));
        var registry = EnvelopeRegistry.Open(_address, OtherStore.Options, EnvelopeStore.Open(_user.At("own")));

        var told = await registry.WatchAsync(kind: "tagged", after: 3).Take(2).ToListAsync();

        Assert.Equal([7, 10], told.Select(one => one.Id));
        Assert.Equal(["?kind=tagged&after=3", "?kind=tagged&after=9"], _asked);
    }

    private static string Event(int id) =>
        $$"""
        event: tagged
        id: {{id}}
        data: {"id":{{id}},"kind":"tagged","name":"house","digest":"none","time":"2026-03-01T12:00:00Z"}


        """.ReplaceLineEndings("\n");

    /// <summary>Answers each request with a text, and ends the answer.</summary>
    private async Task TellAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            var context = await _registry.GetContextAsync();
            _asked.Enqueue(context.Request.Url!.Query);
            context.Response.ContentType = "text/event-stream";
            context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: false);
        }
    }
}
