using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static EnvelopeSdk.Gateway.Tests.RunningGateway;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>What is passed on of a request and its answer, to the byte, and what is not.</summary>
public sealed class PassedOnTests
{
    [Theory]
    [InlineData("José"), InlineData("Müller 東京"), InlineData("plain")]
    public async Task A_header_comes_as_it_was_sent_whatever_it_is_written_in(string text)
    {
        await using var service = await StandInService.StartAsync(context => context.Response.WriteAsync($"{context.Request.Headers["X-User"]}|"));
        await using var gateway = await StartAsync(All("1", service.Address));

        var answer = await SendAsync(gateway, $"GET /{Name}/ HTTP/1.1\r\nHost: here\r\nX-User: {text}\r\nConnection: close\r\n\r\n", Encoding.UTF8);

        Assert.Contains($"{text}|", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await gateway.EndedCountsAsync("1")).Faults);
    }

    [Fact]
    public async Task A_header_of_an_answer_comes_as_it_was_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var service = AnswerOnceAsync(listener, "HTTP/1.1 200 OK\r\nX-Cut: Brillánt\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        await using var gateway = await StartAsync(All("1", $"http://{listener.LocalEndpoint}"));

        var answer = await SendAsync(gateway, $"GET /{Name}/ HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", Encoding.UTF8);
        await service;

        Assert.Contains("X-Cut: Brillánt\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("ok", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_service_that_refuses_a_large_body_unread_is_heard(bool isOfUnknownLength)
    {
        await using var service = await StandInService.StartAsync(async context =>
        {
            if (isOfUnknownLength)
            {
                context.Response.StatusCode = 413;
                return;
            }

            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 1_000_000;
            await Assert.ThrowsAnyAsync<BadHttpRequestException>(() => context.Request.Body.CopyToAsync(Stream.Null));
            context.Response.StatusCode = 413;
        });
        await using var gateway = await StartAsync(All("1", service.Address));
        for (var i = 0; i < 5; i++)
        {
            using var sent = new HttpRequestMessage(HttpMethod.Post, "") { Content = new ByteArrayContent(new byte[40_000_000]) };
            sent.Headers.TransferEncodingChunked = isOfUnknownLength;

            using var answer = await gateway.Client.SendAsync(sent);

            Assert.Equal(413, (int)answer.StatusCode);
        }

        Assert.Equal(0, (await gateway.EndedCountsAsync("1")).Faults);
    }

    [Fact]
    public async Task A_large_body_that_a_service_reads_comes_whole()
    {
        await using var service = await StandInService.StartAsync(async context =>
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            var read = new MemoryStream();
            await context.Request.Body.CopyToAsync(read);
            await context.Response.WriteAsync($"{read.Length}");
        });
        await using var gateway = await StartAsync(All("1", service.Address));

        using var answer = await gateway.Client.PostAsync("", new ByteArrayContent(new byte[40_000_000]));

        Assert.Equal("40000000", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("CONNECT here:80 HTTP/1.1"), InlineData($"CONNECT /{Name} HTTP/1.1")]
    public async Task A_tunnel_is_refused_and_no_fault_of_the_service(string line)
    {
        await using var service = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(All("1", service.Address));

        var answer = await SendAsync(gateway, $"{line}\r\nHost: here\r\nConnection: close\r\n\r\n", Encoding.ASCII);

        Assert.Matches("^HTTP/1.1 40[05]", answer);
        Assert.Equal((0, 0), ((await gateway.EndedCountsAsync("1")).Requests, (await gateway.EndedCountsAsync("1")).Faults));
    }

    private static async Task<string> SendAsync(RunningGateway gateway, string request, Encoding encoding)
    {
        var address = new Uri(gateway.Address);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(encoding.GetBytes(request));
        return await new StreamReader(stream, encoding).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[65536]);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}
