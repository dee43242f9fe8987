using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using static EnvelopeSdk.Gateway.Tests.RunningGateway;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>How requests reach services, and what callers are told when they do not.</summary>
public sealed class ForwardingTests
{
    [Fact]
    public async Task A_request_comes_as_it_was_sent_and_so_does_its_answer()
    {
        string? seen = null;
        await using var service = await StandInService.StartAsync(async context =>
        {
            var request = context.Request;
            seen = $"{request.Method} {request.Path}{request.QueryString} {request.Host} {request.Headers["X-Mine"]} "
                + await new StreamReader(request.Body).ReadToEndAsync();
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            context.Response.Headers["X-Yours"] = "2";
            await context.Response.WriteAsync("ünder");
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        using var sent = new HttpRequestMessage(HttpMethod.Put, "predict/batch?a=1&b=%2F") { Content = new StringContent("bödy") };
        sent.Headers.Add("X-Mine", "1");

        using var answer = await gateway.Client.SendAsync(sent);

        Assert.Equal($"PUT /{Name}/predict/batch?a=1&b=%2F {new Uri(gateway.Address).Authority} 1 bödy", seen);
        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal("2", answer.Headers.GetValues("X-Yours").Single());
        Assert.Equal("ünder", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Where_an_answer_leads_is_for_its_caller_to_follow()
    {
        await using var service = await StandInService.StartAsync(context =>
        {
            context.Response.Redirect(context.Request.Path == $"/{Name}/old" ? $"/{Name}/new" : "/");
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        using var caller = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var answer = await caller.GetAsync($"{gateway.Address}/{Name}/old");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"/{Name}/new", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Who_called_is_said_by_the_gateway_and_not_by_the_caller()
    {
        await using var service = await StandInService.StartAsync(context => context.Response.WriteAsync(
            string.Join(' ', context.Request.Headers.Where(one => one.Key.Contains("Forwarded", StringComparison.Ordinal))
                .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"))));
        await using var gateway = await StartAsync(All("1", service.Address));
        using var sent = new HttpRequestMessage(HttpMethod.Get, "");
        foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded"])
        {
            sent.Headers.Add(name, "evil");
        }

        using var answer = await gateway.Client.SendAsync(sent);

        Assert.Equal("X-Forwarded-For=127.0.0.1 X-Forwarded-Proto=http", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_answer_comes_piece_by_piece_as_it_is_sent()
    {
        var goOn = new TaskCompletionSource();
        await using var service = await StandInService.StartAsync(async context =>
        {
            await context.Response.WriteAsync("one");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync("two");
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        using var answer = await gateway.Client.GetAsync("", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[16];

        Assert.Equal("one", Encoding.UTF8.GetString(first, 0, await body.ReadAsync(first)));
        goOn.SetResult();
        Assert.Equal("two", await new StreamReader(body).ReadToEndAsync());
    }

    [Theory]
    [InlineData("/", 404), InlineData("/nobody/predict", 404), InlineData("/DIAMOND-PRICE/predict", 404)]
    [InlineData("/diamond-price", 503), InlineData("/diamond-price/predict", 503), InlineData("/routes", 404), InlineData("/status", 404)]
    public async Task Where_nothing_answers_a_problem_says_why_and_when_to_try_again(string path, int status)
    {
        await using var gateway = await StartAsync();

        using var answer = await gateway.Client.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        await IsProblemAsync(answer);
        Assert.Equal(status == 503, answer.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_named_and_cut_where_nobody_would_read_on()
    {
        await using var gateway = await StartAsync();

        Assert.Contains("'nobody'", await (await gateway.Client.GetAsync("/nobody/predict")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var cut = await (await gateway.Client.GetAsync("/" + new string('x', 5000))).Content.ReadAsStringAsync();
        Assert.Contains($"'{new string('x', 64)}...'", cut, StringComparison.Ordinal);
        Assert.Contains("/NAME/predict", await (await gateway.Client.GetAsync("/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_reached_has_done_nothing_so_another_gets_the_whole_request()
    {
        await using var service = await StandInService.StartAsync(async context =>
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await using var gateway = await StartAsync(
            All("1", await StandInService.GoneAsync(), service.Address), new("2", 0, [await StandInService.GoneAsync()]));
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.Client.PostAsync("", new StringContent(new string('x', 100_000)));
            Assert.Equal(100_000, (await answer.Content.ReadAsStringAsync()).Length);
        }

        var counts = await gateway.CountsAsync("1");
        Assert.Equal((20, 0), (counts.Requests, counts.Faults));
        Assert.InRange(counts.Unreached, 1, 5); // not asked first for a while
        Assert.Equal(0, (await gateway.CountsAsync("2")).Requests);
    }

    [Fact]
    public async Task A_version_of_which_nothing_can_be_reached_leaves_its_share_to_the_other_and_that_is_counted()
    {
        await using var service = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(
            new("old", 1, [service.Address]), new("new", 1_000_000, [await StandInService.GoneAsync()]));

        Assert.Equal("well", await gateway.Client.GetStringAsync(""));

        Assert.Equal((0, 1), ((await gateway.CountsAsync("new")).Requests, (await gateway.CountsAsync("new")).Unreached));
        Assert.Equal(1, (await gateway.CountsAsync("old")).Requests);
    }

    [Fact]
    public async Task When_none_can_be_reached_the_caller_may_come_again()
    {
        await using var gateway = await StartAsync(All("1", await StandInService.GoneAsync()));

        using var answer = await gateway.Client.GetAsync("");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        await IsProblemAsync(answer);
    }

    [Fact]
    public async Task A_service_that_ends_before_its_answer_is_not_asked_again()
    {
        var asked = 0;
        await using var service = await StandInService.StartAsync(context =>
        {
            asked++;
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(All("1", service.Address, service.Address + "/"));

        using var answer = await gateway.Client.PostAsync("", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        await IsProblemAsync(answer);
        Assert.Equal(1, asked);
        Assert.Equal(1, (await gateway.EndedCountsAsync("1")).Faults);
    }

    [Fact]
    public async Task Half_an_answer_does_not_look_like_a_whole_one()
    {
        await using var service = await StandInService.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var gateway = await StartAsync(All("1", service.Address));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.Client.GetStringAsync(""));

        Assert.Equal(1, (await gateway.EndedCountsAsync("1")).Faults);
    }

    [Fact]
    public async Task A_service_that_says_nothing_is_given_up()
    {
        await using var service = await StandInService.StartAsync(context => Task.Delay(10_000, context.RequestAborted));
        await using var gateway = await StartAsync(All("1", service.Address));

        using var answer = await gateway.Client.GetAsync("");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        await IsProblemAsync(answer);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("127.0.0.1", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
