using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service.Tests;

/// <summary>An application that lets requests last so long (<c>UseRequestTimeouts</c>): the caller has not gone away.</summary>
[Collection(nameof(Doubler))]
public sealed class RequestTimeoutTests
{
    [Theory]
    [InlineData("wait", """{"value":-1}""", null)] // the model answers behind the cancellation
    [InlineData("wait/batch", """[{"value":1},{"value":-1}]""", null)]
    [InlineData("follow", """{"value":0}""", null)]
    [InlineData("follow", """{"value":1}""", "application/json")]
    public async Task A_caller_that_waits_is_told_that_it_took_too_long(string route, string body, string? accept)
    {
        await using var service = await StartAsync(seconds: 0.3);

        using var response = await service.OpenAsync(route, body, accept);

        Assert.Equal((504, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("\"status\":504", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null), InlineData("text/event-stream")]
    public async Task A_stream_that_has_begun_is_left_without_its_end(string? accept)
    {
        await using var service = await StartAsync(seconds: 3); // behind the first item

        using var response = await service.OpenAsync("follow", """{"value":1}""", accept);

        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_call_that_is_answered_in_time_is_as_it_would_be()
    {
        await using var service = await StartAsync(seconds: 60);

        Assert.Equal((200, "application/json", "4"), await service.PostAsync("""{"value":2}""", route: "wait"));
    }

    private static Task<DoublerService> StartAsync(double seconds)
    {
        Doubler.Feed = Channel.CreateUnbounded<double>();
        return DoublerService.StartAsync(
            configure: services => services.AddRequestTimeouts(),
            map: (app, endpoints) =>
            {
                app.UseRequestTimeouts();
                endpoints.WithRequestTimeout(TimeSpan.FromSeconds(seconds));
            });
    }
}
