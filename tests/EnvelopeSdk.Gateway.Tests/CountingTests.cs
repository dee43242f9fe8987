using Microsoft.AspNetCore.Http;
using static EnvelopeSdk.Gateway.Tests.RunningGateway;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>What is counted of each version.</summary>
public sealed class CountingTests
{
    [Fact]
    public async Task Failures_are_what_the_service_did_wrong_and_never_what_its_caller_did()
    {
        await using var service = await StandInService.StartAsync(context =>
        {
            context.Response.StatusCode = int.Parse(context.Request.Query["status"]!, System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        foreach (var status in (int[])[200, 301, 400, 404, 422, 499, 500, 503])
        {
            (await gateway.Client.GetAsync($"?status={status}")).Dispose();
        }

        var counts = await gateway.CountsAsync("1");
        Assert.Equal((8, 2, 0, 0), (counts.Requests, counts.Failures, counts.Faults, counts.InFlight));
        Assert.Equal(8, counts.Latency.Sum());
    }

    [Fact]
    public async Task How_long_it_took_is_counted_to_the_end_of_the_answer()
    {
        await using var service = await StandInService.StartAsync(async context =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await Task.Delay(60);
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        await gateway.Client.GetStringAsync("");

        var latency = (await gateway.CountsAsync("1")).Latency;
        var bounds = Routing.VersionCounts.LatencyBounds;
        Assert.Equal(bounds.Count + 1, latency.Count);
        Assert.Equal(1, latency.Skip(bounds.TakeWhile(bound => bound < 50).Count() + 1).Sum());
    }

    [Fact]
    public void A_time_at_a_bound_is_counted_as_not_more_than_it()
    {
        var counter = new Routing.VersionCounter();
        foreach (var bound in Routing.VersionCounts.LatencyBounds.Append(30_000.1))
        {
            counter.Answer(200, TimeSpan.FromMilliseconds(bound));
        }

        Assert.All(counter.Counts.Latency, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_its_callers_fault_and_nobody_elses()
    {
        await using var service = await StandInService.StartAsync(async context =>
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await using var gateway = await StartAsync(All("1", service.Address));
        using var caller = new System.Net.Sockets.TcpClient();
        await caller.ConnectAsync("127.0.0.1", new Uri(gateway.Address).Port);
        await using var wire = caller.GetStream();
        await wire.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"POST /{Name} HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\nno length\r\n"));

        Assert.Equal("HTTP/1.1 400 Bad Request", await new StreamReader(wire).ReadLineAsync());
        var counts = await gateway.CountsAsync("1");
        Assert.Equal((0, 0, 0, 0), (counts.Requests, counts.Failures, counts.Faults, counts.InFlight));
    }

    [Fact]
    public async Task A_caller_who_leaves_before_an_answer_is_nobodys_fault_and_is_counted_apart()
    {
        var came = new TaskCompletionSource();
        await using var service = await StandInService.StartAsync(async context =>
        {
            came.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        using (var leaving = new CancellationTokenSource())
        {
            var request = gateway.Client.GetAsync("", leaving.Token);
            await came.Task;
            Assert.Equal(1, (await gateway.CountsAsync("1")).InFlight);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        var counts = await gateway.EndedCountsAsync("1");
        Assert.Equal((0, 0, 0, 0, 1), (counts.Requests, counts.Failures, counts.Faults, counts.InFlight, counts.GivenUp));
        Assert.Equal(0, counts.Latency.Sum());
    }

    [Fact]
    public async Task Counts_go_on_while_a_list_names_the_version_and_a_version_that_left_is_told_until_it_ended()
    {
        var (came, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var service = await StandInService.StartAsync(async context =>
        {
            if (context.Request.QueryString.HasValue)
            {
                came.SetResult();
                await goOn.Task;
            }
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        (await gateway.Client.GetAsync("")).Dispose();
        await gateway.RouteAsync(All("1", service.Address), new("2", 0, [service.Address]));
        Assert.Equal(1, (await gateway.CountsAsync("1")).Requests);

        var slow = gateway.Client.GetAsync("?slow");
        await came.Task;
        await gateway.RouteAsync(All("2", service.Address));
        var status = await gateway.Control.StatusAsync();
        Assert.Equal(("1", 1), (status.Leaving.Single().Version, status.Leaving.Single().Counts.InFlight));
        await gateway.RouteAsync(All("1", service.Address));
        Assert.Equal(1, (await gateway.CountsAsync("1")).InFlight);
        await gateway.RouteAsync(All("2", service.Address));
        Assert.Equal(1, (await gateway.CountsAsync("1")).InFlight);
        goOn.SetResult();
        (await slow).Dispose();

        Assert.Empty((await gateway.Control.StatusAsync()).Leaving);
    }

    [Fact]
    public async Task A_replica_that_a_version_has_no_more_is_told_until_it_ended()
    {
        var (came, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var first = await StandInService.StartAsync(async context =>
        {
            came.SetResult();
            await goOn.Task;
        });
        await using var second = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(All("1", first.Address));
        var slow = gateway.Client.GetAsync("");
        await came.Task;
        await gateway.RouteAsync(All("1", second.Address));

        var replicas = (await gateway.Control.StatusAsync()).Replicas;
        Assert.Equal([(first.Address, 1), (second.Address, 0)], replicas.Select(one => (one.Address, one.InFlight)).OrderByDescending(one => one.InFlight));
        goOn.SetResult();
        (await slow).Dispose();
        Assert.Equal(second.Address, (await gateway.Control.StatusAsync()).Replicas.Single().Address);
    }
}
