using System.Net.Sockets;
using System.Text;

namespace EnvelopeSdk.Service.Tests;

[Collection(nameof(Doubler))]
public sealed class DisconnectTests
{
    private const string Header = "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}")]
    public async Task A_caller_that_goes_away_in_the_middle_of_a_body_leaves_no_warning_and_a_sound_service(string rest)
    {
        await using var service = await DoublerService.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Header + rest));
            await Task.Delay(50); // until the service reads
        }

        await Task.Delay(500);
        Assert.Empty(service.Warnings.Messages);
        Assert.Equal((200, "application/json", "42"), await service.PostAsync("""{"value":21}"""));
    }
}
