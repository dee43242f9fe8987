using System.Collections.Concurrent;
using CsCheck;
using EnvelopeSdk.Gateway.Routing;
using static EnvelopeSdk.Gateway.Tests.RunningGateway;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>What happens to requests while routes change.</summary>
public sealed class SwitchTests
{
    private const int Switches = 100;

    [Fact]
    public async Task Of_requests_that_go_on_while_versions_come_and_go_none_fails()
    {
        var first = await StandInService.StartAsync("0");
        await using var gateway = await StartAsync(All("0", first.Address));
        using var stopping = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, int>();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallAsync(gateway, seen, stopping.Token))).ToList();
        var live = first;
        for (var i = 1; i <= Switches; i++)
        {
            var next = await StandInService.StartAsync($"{i}");
            await gateway.RouteAsync(All($"{i}", next.Address));
            while ((await gateway.Control.StatusAsync()).Leaving.Count > 0)
            {
                await Task.Delay(1);
            }

            await live.DisposeAsync();
            live = next;
        }

        await stopping.CancelAsync();
        await Task.WhenAll(callers); // one that failed throws
        await live.DisposeAsync();
        Assert.True(seen.Count > Switches / 2, $"Callers saw {seen.Count} versions only.");
    }

    [Fact]
    public void Each_version_is_drawn_as_often_as_its_weight_says() =>
        Gen.Int[0, 20].Array[1, 5].Where(weights => weights.Sum() > 0).Sample(weights =>
        {
            var route = new LiveRoute("r", [.. weights.Select((weight, i) => new LiveShare(new($"{i}"), weight, [new("http://a")]))]);
            var drawn = Enumerable.Range(0, weights.Sum()).Select(at => route.Choose(_ => at).First().Version.Id).CountBy(id => id)
                .ToDictionary();

            Assert.Equal(
                weights.Select((weight, i) => ($"{i}", weight)).Where(one => one.weight > 0).ToDictionary(), drawn);
            var all = route.Choose(_ => 0).Select(one => one.Version.Id); // none else takes its place
            Assert.Equal(drawn.Keys.Order(), all.Order());
        });

    [Fact]
    public async Task A_version_that_was_chosen_while_the_list_changed_is_told_as_leaving()
    {
        var board = new RouteBoard();
        board.Replace(new(1, [new(Name, [All("old", "http://a")])]), _ => { });
        Task<bool>? replaced = null;
        var meanwhile = new Meanwhile(() =>
        {
            replaced = Task.Run(() => board.Replace(new(2, [new(Name, [All("new", "http://b")])]), _ => { }));
            SpinWait.SpinUntil(() => board.List.Revision == 2);
            Thread.Sleep(50); // in which a replacement that waits for nobody ends
        });

        var chosen = board.Choose(Name, meanwhile);

        Assert.True(await replaced!);
        Assert.Equal("old", chosen.Version?.Id);
        Assert.Equal("old", Assert.Single(board.Status(default).Leaving).Version);
    }

    [Fact]
    public void What_is_known_of_a_replica_goes_on_with_the_next_list()
    {
        var board = new RouteBoard();
        board.Replace(new(1, [new(Name, [All("1", "http://a")])]), _ => { });
        var before = board.Choose(Name, []).Replica;

        board.Replace(new(2, [new(Name, [All("2", "http://a")])]), _ => { });

        Assert.Same(before, board.Choose(Name, []).Replica);
        Assert.Equal(2, before?.InFlight);
    }

    [Fact]
    public async Task A_replica_that_has_answered_is_as_free_as_one_that_was_never_asked()
    {
        var asked = 0;
        await using var first = await StandInService.StartAsync(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var second = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(All("1", first.Address));
        for (var i = 0; i < 80; i++)
        {
            (await gateway.Client.GetAsync("")).Dispose();
            if (i == 39)
            {
                await gateway.RouteAsync(All("1", first.Address, second.Address));
            }
        }

        Assert.InRange(asked, 41, 79);
    }

    [Fact]
    public void Of_replicas_the_one_with_less_to_do_is_asked_first_and_one_that_was_not_reached_last()
    {
        LiveReplica[] replicas = [new("http://a"), new("http://b"), new("http://c")];
        var share = new LiveShare(new("1"), 1, replicas);
        replicas[0].Begin();
        Assert.Equal(["http://b", "http://c", "http://a"], share.InOrder(_ => 1).Select(one => one.Address));
        replicas[1].Shun();
        Assert.Equal(["http://c", "http://a", "http://b"], share.InOrder(_ => 0).Select(one => one.Address));
        replicas[0].End();
        Assert.Equal("http://a", share.InOrder(_ => 0).First().Address);
        Assert.Equal("http://c", share.InOrder(_ => 2).First().Address);
    }

    /// <summary>One that the list does not have was tried, and something happens while that is looked at.</summary>
    private sealed class Meanwhile(Action happen) : IReadOnlyCollection<LiveReplica>
    {
        public int Count => 1;

        public IEnumerator<LiveReplica> GetEnumerator()
        {
            happen();
            yield return new("http://gone");
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static async Task CallAsync(RunningGateway gateway, ConcurrentDictionary<string, int> seen, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var answer = await gateway.Client.PostAsync("predict", new StringContent("{}"), CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            seen.AddOrUpdate(await answer.Content.ReadAsStringAsync(CancellationToken.None), 1, (_, count) => count + 1);
        }
    }
}
