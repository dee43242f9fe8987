using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Tests.Support;
using static EnvelopeSdk.Gateway.Tests.RunningGateway;

namespace EnvelopeSdk.Gateway.Tests;

/// <summary>How a gateway is told its routes, and what it keeps of them.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task A_gateway_that_starts_again_goes_on_as_it_was_told()
    {
        await using var service = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(All("1", service.Address));

        await gateway.RestartAsync();

        Assert.Equal("well", await gateway.Client.GetStringAsync(""));
        Assert.Equal(1, (await gateway.Control.StatusAsync()).Revision);
    }

    [Fact]
    public async Task An_older_list_does_not_take_the_place_of_a_newer_one_and_the_same_one_may_come_twice()
    {
        await using var gateway = await StartAsync();
        Assert.True(await gateway.Control.ReplaceAsync(new(7, [])));
        Assert.True(await gateway.Control.ReplaceAsync(new(7, [])));
        Assert.False(await gateway.Control.ReplaceAsync(new(6, [new("late", [])])));

        Assert.Equal(7, (await gateway.Control.StatusAsync()).Revision);
    }

    public static TheoryData<RouteList, string> Wrong => new()
    {
        { new(9, [new("Diamond", [])]), "'Diamond'" },
        { new(9, [new("a", []), new("a", [])]), "'a' twice" },
        { new(9, [new("a", [new("1", 1, []), new("1", 1, [])])]), "'1' twice" },
        { new(9, [new("a", [new("1", -1, [])])]), "weight -1" },
        { new(9, [new("a", [new("1", 1, ["127.0.0.1:80"])])]), "'127.0.0.1:80'" },
        { new(9, [new("a", [new("1", 1, ["file:///etc"])])]), "'file:///etc'" },
        { new(9, [new("a", [new("1", 1, ["http://a/b"])])]), "'http://a/b'" },
        { new(9, [new("a", [new("1", 1, ["http://a/#b"])])]), "'http://a/#b'" },
        { new(9, [new("a", [new("1", 1, [" http://a"])])]), "' http://a'" },
        { new(9, [new("a", [new("1", 1, ["http://me:secret@a"])])]), "secret" },
        { new(9, [new("a", [null!])]), "version ''" },
        { new(9, [null!]), "''" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_list_that_is_wrong_changes_nothing_and_is_told_where(RouteList list, string named)
    {
        await using var service = await StandInService.StartAsync("well");
        await using var gateway = await StartAsync(All("1", service.Address));

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => gateway.Control.ReplaceAsync(list));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Equal("well", await gateway.Client.GetStringAsync(""));
        Assert.Equal(1, (await gateway.Control.StatusAsync()).Revision);
    }

    [Fact]
    public async Task There_is_one_gateway_of_a_directory_and_the_second_says_so()
    {
        await using var gateway = await StartAsync();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => GatewayServer.StartAsync(gateway.Options));

        Assert.Contains(gateway.Directory, refused.Message, StringComparison.Ordinal);
        Assert.True(await gateway.Control.IsThereAsync());
    }

    [Fact]
    public async Task A_gateway_that_was_killed_leaves_a_socket_that_hinders_nobody()
    {
        using var directory = new TempDirectory();
        using (var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0))
        {
            socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(directory.At("bound.sock")));
            File.Move(directory.At("bound.sock"), directory.At("gateway.sock")); // else it is deleted with the socket
        }

        Assert.True(File.Exists(directory.At("gateway.sock")));
        await using var gateway = await GatewayServer.StartAsync(new() { Directory = directory.At(""), Urls = "http://127.0.0.1:0" });
    }

    [Theory]
    [InlineData("""{"revision":1,"routes":[{"name":"a"}]}""")]
    [InlineData("""{"revision":1,"routes":[{"name":"A","versions":[]}]}""")]
    public async Task Routes_that_cannot_be_read_stop_the_start_and_the_cure_is_said(string routes)
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory.At("routes.json"), routes);

        var refused = await Assert.ThrowsAsync<EnvelopeException>(
            () => GatewayServer.StartAsync(new() { Directory = directory.At(""), Urls = "http://127.0.0.1:0" }));

        Assert.Contains("routes.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_whose_path_is_too_long_for_a_socket_is_named()
    {
        var refused = Assert.Throws<EnvelopeException>(() => new GatewayClient("/" + new string('x', 100)));
        Assert.Contains("xxx", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_a_gateway_that_does_not_run_is_told_how_to_start_it()
    {
        using var directory = new TempDirectory();
        using var client = new GatewayClient(directory.At("none"));

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => client.StatusAsync());

        Assert.Contains("none runs there. Start it with 'envelope gateway'.", refused.Message, StringComparison.Ordinal);
        Assert.False(await client.IsThereAsync());
    }

    [Fact]
    public async Task A_directory_that_others_may_enter_is_refused_and_stays_as_it_is()
    {
        using var directory = new TempDirectory();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        File.SetUnixFileMode(directory.FullPath, Open);

        var refused = await Assert.ThrowsAsync<EnvelopeException>(
            () => GatewayServer.StartAsync(new() { Directory = directory.FullPath, Urls = "http://127.0.0.1:0" }));

        Assert.Contains("chmod 700", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Open, File.GetUnixFileMode(directory.FullPath));
    }

    [Theory]
    [InlineData("http://unix:/tmp/x.sock"), InlineData("nonsense"), InlineData(""), InlineData("http://127.0.0.1:1/path"), InlineData("http://192.0.2.1:0")]
    public async Task What_cannot_be_listened_on_is_named(string urls)
    {
        using var directory = new TempDirectory();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(
            () => GatewayServer.StartAsync(new() { Directory = directory.At("gateway"), Urls = urls }));

        Assert.Contains(urls, refused.Message, StringComparison.Ordinal);
        using var client = new GatewayClient(directory.At("gateway"));
        Assert.False(await client.IsThereAsync());
    }

    [Fact]
    public async Task A_gateway_that_ends_waits_for_what_is_under_way()
    {
        var (came, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var service = await StandInService.StartAsync(async context =>
        {
            came.SetResult();
            await goOn.Task;
        });
        var gateway = await StartAsync(All("1", service.Address));
        var slow = gateway.Client.GetAsync("");
        await came.Task;
        var ending = gateway.StopServerAsync();
        await Task.Delay(200);
        Assert.False(ending.IsCompleted);
        goOn.SetResult();

        Assert.True((await slow).IsSuccessStatusCode);
        await ending;
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_else_may_open_its_directory_and_its_routes()
    {
        await using var gateway = await StartAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(gateway.Directory));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(gateway.Directory, "routes.json")));
        }
    }
}
