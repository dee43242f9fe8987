using System.Net;
using EnvelopeSdk.Gateway;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Pages.Deployments;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>What runs, as pages call it, and as the gateway counts it.</summary>
public sealed class CallPageTests : IAsyncLifetime
{
    private const string Other = "other";
    private const string OtherPage = "/deployments/other";

    private DeployingStore _deploying = null!;

    public async Task InitializeAsync()
    {
        _deploying = await DeployingStore.StartAsync(null, ServedStore.Linear);
        await _deploying.ConfigureAsync(Other, new());
    }

    public async Task DisposeAsync() => await _deploying.DisposeAsync();

    [Fact]
    public async Task A_call_that_nobody_answers_is_told_with_where_it_went()
    {
        await using var lost = await DeployingStore.StartAsync("http://127.0.0.1:1/", ServedStore.Linear);
        await lost.ConfigureAsync(Other, new());
        await lost.GoLiveAsync(Other, ServedStore.Linear);
        var session = await Session.BeginAsync(lost.Address, await lost.Served.AddKeyAsync("reader", Role.Read));

        using var answer = await Session.PostAsync(
            lost.Address, session, "/deployments", $"{OtherPage}/call/count", ("value.last", "3"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "The gateway does not answer at &#x27;http://127.0.0.1:1/other/count&#x27;",
            await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_is_called_by_who_may_read_it_and_with_a_query_that_it_has()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        var reader = await _deploying.SignInAsync(Role.Read, null);
        var stranger = await _deploying.SignInAsync(Role.Read, Other, "stranger");

        using var answer = await CallAsync(reader, Other, "count");
        using var unknown = await CallAsync(reader, Other, "none");
        using var nothing = await CallAsync(reader, ServedStore.Linear, "count");
        using var refused = await CallAsync(stranger, Other, "count");

        Assert.Equal((HttpStatusCode.OK, "/other/count"), (answer.StatusCode, _deploying.Gateway.Asked.Path));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_form_of_more_than_a_megabyte_is_not_sent_on()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{OtherPage}/call/count")
        {
            Content = new FormUrlEncodedContent([new("value.last", new string('1', 1 << 20))]),
        };
        request.Headers.ExpectContinue = true; // the answer comes in the place of the body

        using var answer = await _deploying.Served.Client.SendAsync(request);

        Assert.Contains(
            "That is more than a page sends on.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_gateway_counts_is_on_the_pages()
    {
        await _deploying.GoLiveAsync(Other, ServedStore.Linear);
        var session = await _deploying.SignInAsync(Role.Read, null);
        await _deploying.SaysAsync(session, OtherPage, "not known");
        await using var gateway = await GatewayServer.StartAsync(
            new() { Directory = _deploying.GatewayDirectory, Urls = "http://127.0.0.1:0" });
        await _deploying.LetGoAsync();

        await Distribution.Eventually.HoldsAsync(async () =>
            (await _deploying.PageAsync(session, OtherPage)).Contains("no request since ", StringComparison.Ordinal));
        await _deploying.SaysAsync(session, "/deployments", "those of the last hour");
    }

    [Fact]
    public void Counts_are_told_with_all_that_failed_how_long_the_slow_took_and_since_when_if_not_for_an_hour()
    {
        long[] latency = [0, 0, 0, 0, 95, 5, .. new long[18]];

        var counts = new VersionCounts(100, 3, 2, 1, 0, latency);
        var none = new VersionCounts(0, 0, 0, 0, 0, new long[24]);
        var now = new DateTimeOffset(2026, 5, 3, 14, 0, 0, TimeSpan.Zero);

        Assert.Equal("not known", CountsText.Of(null, now));
        Assert.Equal(
            "100 requests, 6 failed, 95 % within 5 ms in the last hour",
            CountsText.Of(new(now.AddHours(-1), counts), now));
        Assert.Equal(
            "100 requests, 6 failed, 95 % within 5 ms since 2026-05-03 11:00:00Z",
            CountsText.Of(new(now.AddHours(-3), counts), now));
        Assert.Equal("no request since 2026-05-03 13:59:00Z", CountsText.Of(new(now.AddMinutes(-1), none), now));
        Assert.Equal("–", CountsText.Latency(none));
        Assert.Equal("over 30000 ms", CountsText.Latency(none with { Latency = [.. new long[23], 1] }));
    }

    private Task<HttpResponseMessage> CallAsync(string session, string configuration, string query) =>
        _deploying.PostAsync(
            session, "/deployments", $"/deployments/{configuration}/call/{query}", ("value.last", "3"));
}
