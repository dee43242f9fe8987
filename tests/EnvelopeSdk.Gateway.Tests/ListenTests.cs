using System.Net;
using System.Net.Sockets;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>Whether an address can be listened on, before something is to.</summary>
public sealed class ListenTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}"), InlineData("http://localhost:{0}"), InlineData("http://127.0.0.1:0;http://*:{0}")]
    public void What_another_listens_on_is_named(string urls)
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Contains($":{port}: ", ListenAddresses.WhyNot(string.Format(null, urls, port)), StringComparison.Ordinal);
        other.Stop();
        Assert.Null(ListenAddresses.WhyNot(string.Format(null, urls, port)));
    }
}
