using System.Diagnostics;
using EnvelopeSdk.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service.Tests;

/// <summary>
/// More calls than the model can answer at once: some wait, some are refused, and health is answered.
/// </summary>
[Collection(nameof(Doubler))]
public sealed class LoadLimitTests
{
    private const string Call = """{"value":1}""";

    [Theory]
    [InlineData("predict", Call)]
    [InlineData("predict/batch", $"[{Call},{Call}]")]
    [InlineData("enumerate/batch", $"[{Call}]")]
    public async Task Calls_beyond_the_limits_are_refused_at_once_and_the_others_answered(string route, string body)
    {
        using var busy = new BusyModel();
        await using var service = await StartAsync(busy, concurrent: 2, waiting: 0, queued: 3);
        var calls = Enumerable.Range(0, 5).Select(_ => service.PostAsync(body, route: route)).ToList();
        await busy.WaitForAsync(2);
        while (service.Measure("envelope.calls.queued") < 3)
        {
            await Task.Delay(5);
        }

        var (status, mediaType, problem) = await service.PostAsync(body, route: route);
        using var response = await service.OpenAsync(route, body);

        Assert.Equal((503, "application/problem+json"), (status, mediaType));
        Assert.Contains("busy", problem, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal(2, service.Measure("envelope.calls.running"));
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        busy.Dispose();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(2, busy.Most);
        Assert.Equal((0, 0), (service.Measure("envelope.calls.queued"), service.Measure("envelope.calls.running")));
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task Health_is_answered_while_every_place_is_taken()
    {
        using var busy = new BusyModel();
        await using var service = await StartAsync(busy, concurrent: 16, waiting: 0, queued: 100);
        var calls = Enumerable.Range(0, 100).Select(_ => service.PostAsync(Call)).ToList();
        await busy.WaitForAsync(16);

        var watch = Stopwatch.StartNew();
        Assert.Equal(200, await service.StatusAsync("health/live"));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 400); // what a pool without threads takes is seconds

        busy.Dispose();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task A_call_that_waits_lets_another_one_compute()
    {
        await using var service = await StartAsync(null, concurrent: 1, waiting: 5, queued: 5);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => service.PostAsync("""{"value":500}""", route: "count")));

        Assert.All(answers, answer => Assert.NotEqual(500, answer.Status));
        Assert.Contains(answers, answer => answer.Status == 200 && answer.Body != "1");
    }

    [Fact]
    public async Task Calls_that_wait_for_their_turn_are_bounded_and_leave_places_for_other_queries()
    {
        await using var service = await StartAsync(null, concurrent: 1, waiting: 5, queued: 1);
        var begun = Doubler.Begun;
        var first = service.PostAsync("""{"value":1500}""", route: "count-in-turn");
        while (Doubler.Begun == begun)
        {
            await Task.Delay(1);
        }

        var second = service.PostAsync("""{"value":0}""", route: "count-in-turn-too");
        while (service.Measure("envelope.calls.queued") == 0)
        {
            await Task.Delay(1);
        }

        Assert.Equal(503, (await service.PostAsync("""{"value":0}""", route: "count-in-turn")).Status);
        Assert.Equal(200, (await service.PostAsync(Call)).Status);
        Assert.False(second.IsCompleted);
        Assert.Equal([200, 200], (await Task.WhenAll(first, second)).Select(answer => answer.Status));
    }

    [Fact]
    public async Task A_caller_that_leaves_the_queue_makes_room_in_it()
    {
        using var busy = new BusyModel();
        await using var service = await StartAsync(busy, concurrent: 1, waiting: 0, queued: 1);
        var running = service.PostAsync(Call);
        await busy.WaitForAsync(1);
        using var leaving = new CancellationTokenSource();
        var leaves = service.OpenAsync("predict", Call, leaving: leaving.Token);
        await UntilAsync(() => service.Measure("envelope.calls.queued") == 1);

        await leaving.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => leaves);
        await UntilAsync(() => service.Measure("envelope.calls.queued") == 0);
        busy.Dispose();
        Assert.Equal(200, (await running).Status);
        Assert.Equal(1, busy.Begun);
        Assert.Empty(service.Warnings.Messages);
    }

    [Theory]
    [InlineData("Concurrent", "0", "has '0' for Concurrent, which must be a whole number from 1 to 10000.")]
    [InlineData("Queued", "-1", "has '-1' for Queued, which must be a whole number from 0 to 10000.")]
    [InlineData("Waiting", "many", "has 'many' for Waiting")]
    [InlineData("Concurrency", "4", "has no setting 'Concurrency'; there are Concurrent, Waiting, Queued.")]
    public async Task A_limit_that_is_none_stops_the_start_with_its_name(string name, string value, string message)
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(
            () => DoublerService.StartAsync(settings: new() { ["Envelope:Calls:" + name] = value }));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var until = DateTime.UtcNow.AddSeconds(20); !holds() && DateTime.UtcNow < until;)
        {
            await Task.Delay(5);
        }

        Assert.True(holds());
    }

    private static Task<DoublerService> StartAsync(BusyModel? busy, int concurrent, int waiting, int queued) =>
        DoublerService.StartAsync(
            configure: services =>
            {
                if (busy is not null)
                {
                    services.AddSingleton<ICallDecorator>(busy);
                }
            },
            settings: new()
            {
                ["Envelope:Calls:Concurrent"] = $"{concurrent}",
                ["Envelope:Calls:Waiting"] = $"{waiting}",
                ["Envelope:Calls:Queued"] = $"{queued}",
            });
}
