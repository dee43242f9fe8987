using System.Net.Sockets;
using System.Text;
using EnvelopeSdk.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Callers that close or reset their connection, over real sockets: no failure of anybody.</summary>
[Collection(nameof(Doubler))]
public sealed class DisconnectTests
{
    private const int Callers = 5;

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{}", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}", false)]
    [InlineData("Content-Length: 100\r\n\r\n{}", true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", true)]
    public async Task A_caller_that_goes_away_in_the_middle_of_a_body_leaves_no_warning_and_a_sound_service(
        string rest, bool resets)
    {
        await using var service = await DoublerService.StartAsync();

        for (var i = 0; i < Callers; i++)
        {
            using var client = await SendAsync(service, "predict", rest, resets);
            await Task.Delay(50); // until the service reads
        }

        await Task.Delay(500);
        await AssertSoundAsync(service);
    }

    [Fact]
    public async Task A_connection_that_is_reset_in_the_middle_of_a_body_is_counted_as_closed_by_the_caller()
    {
        using var statuses = new RequestStatuses("/predict");
        await using var service = await DoublerService.StartAsync();

        for (var i = 0; i < Callers; i++)
        {
            using var client = await SendAsync(service, "predict", "Content-Length: 100\r\n\r\n{}", resets: true);
            await Task.Delay(50);
        }

        Assert.Equal(Enumerable.Repeat(499, Callers), await statuses.TakeAsync(Callers));
    }

    [Theory]
    [InlineData("wait", """{"value":1}""")]
    [InlineData("wait/batch", """[{"value":1},{"value":2}]""")]
    [InlineData("enumerate", """{"value":1}""")]
    [InlineData("enumerate/batch", """[{"value":1}]""")]
    public async Task Whatever_a_model_throws_behind_a_caller_that_left_is_no_failure(string route, string body)
    {
        var breaker = new CallBreaker();
        using var statuses = new RequestStatuses("/" + route);
        await using var service = await DoublerService.StartAsync(
            configure: services => services.AddSingleton<ICallDecorator>(breaker));

        var rest = $"Content-Length: {body.Length}\r\n\r\n{body}";
        using (await SendAsync(service, route, rest, resets: true))
        {
            await breaker.Called.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([499], await statuses.TakeAsync(1));
        Assert.Empty(service.Warnings.Messages);
    }

    [Fact]
    public async Task What_a_model_throws_while_its_caller_waits_stays_its_failure()
    {
        await using var service = await DoublerService.StartAsync(
            configure: services => services.AddSingleton<ICallDecorator>(new CallBreaker { Throws = new IOException() }));

        Assert.Equal(500, (await service.PostAsync("""{"value":1}""", route: "wait")).Status);

        Assert.Contains("The model failed", Assert.Single(service.Warnings.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_resets_its_connection_within_a_stream_ends_it_without_a_warning()
    {
        await using var service = await DoublerService.StartAsync();
        const string Body = """{"value":1e9}""";

        using (var client = await SendAsync(
            service, "enumerate", $"Content-Length: {Body.Length}\r\n\r\n{Body}", resets: true))
        {
            Assert.NotEqual(0, await client.GetStream().ReadAsync(new byte[100]));
        }

        await Doubler.Disposed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Task.Delay(100);
        await AssertSoundAsync(service);
    }

    private static async Task AssertSoundAsync(DoublerService service)
    {
        Assert.Empty(service.Warnings.Messages);
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
    }

    /// <summary>Sends a request, or what there is of it. A connection that resets does so when it is disposed.</summary>
    private static async Task<TcpClient> SendAsync(DoublerService service, string route, string rest, bool resets)
    {
        var client = new TcpClient { LingerState = new LingerOption(resets, 0) };
        await client.ConnectAsync(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /{route} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{rest}"));
        return client;
    }
}
