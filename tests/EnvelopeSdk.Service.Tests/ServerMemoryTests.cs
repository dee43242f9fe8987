using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service.Tests;

/// <summary>The blocks of memory that Kestrel receives into: wide ones, as long as there are any.</summary>
[Collection(nameof(Doubler))]
public sealed class ServerMemoryTests
{
    private const int OfKestrel = 4096;

    [Fact]
    public void Wide_blocks_are_lent_until_all_are_in_use_and_then_those_of_the_server()
    {
        var memory = new ServerMemory(new SmallBlocks(), count: 2);
        using var one = memory.Create();
        using var other = memory.Create();

        IMemoryOwner<byte>[] lent = [one.Rent(2048), other.Rent(2048), one.Rent(2048), other.Rent(2048)];

        Assert.Equal([WideBlocks.Size, WideBlocks.Size, OfKestrel, OfKestrel], lent.Select(block => block.Memory.Length));
    }

    [Fact]
    public void A_wide_block_that_came_back_is_lent_again_and_no_block_is_lent_twice()
    {
        var memory = new ServerMemory(new SmallBlocks(), count: 2);
        using var pool = memory.Create();
        var kept = pool.Rent(2048);
        var returned = pool.Rent(2048);
        returned.Dispose();

        var again = pool.Rent(2048);

        Assert.True(again.Memory.Equals(returned.Memory));
        Assert.False(again.Memory.Equals(kept.Memory));
        Assert.Equal(OfKestrel, pool.Rent(2048).Memory.Length);
    }

    [Fact]
    public void What_is_larger_than_a_wide_block_is_asked_of_the_server()
    {
        using var pool = new ServerMemory(new SmallBlocks()).Create();

        using var block = pool.Rent(WideBlocks.Size + 1);

        Assert.Equal(WideBlocks.Size + 1, block.Memory.Length);
    }

    [Fact]
    public async Task A_service_receives_into_wide_blocks_and_into_those_of_Kestrel_when_there_are_no_more()
    {
        await using var service = await DoublerService.StartAsync();
        using var pool = service.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create();

        var sizes = Enumerable.Range(0, 200).Select(_ => pool.Rent().Memory.Length).ToHashSet();

        Assert.Equal([OfKestrel, WideBlocks.Size], sizes.Order());
    }

    [Fact]
    public async Task More_slow_callers_than_there_are_wide_blocks_are_all_answered_what_they_asked()
    {
        const int callers = 150;
        await using var service = await DoublerService.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => BeginAsync(service, i)));
        await Task.Delay(500); // until the service has received the first half of each

        var answers = await Task.WhenAll(clients.Select(EndAsync));

        Assert.Equal(Enumerable.Range(0, callers).Select(Doubles), answers);
    }

    [Fact]
    public async Task Connections_that_wait_for_their_next_request_hold_no_wide_block()
    {
        await using var service = await DoublerService.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AnsweredAsync(service)));
        using var pool = service.Services.GetRequiredService<IMemoryPoolFactory<byte>>().Create();
        var end = Environment.TickCount64 + 30_000;

        // A connection gives its block back once the server waits for what comes next, which is after its answer.
        while (CountFree(pool) < 64 && Environment.TickCount64 < end)
        {
            await Task.Delay(50);
        }

        Assert.Equal(64, CountFree(pool));
        Assert.All(clients, client => Assert.True(client.Connected));
        Array.ForEach(clients, client => client.Dispose());
    }

    /// <summary>How many wide blocks nobody has, all of which are given back.</summary>
    private static int CountFree(MemoryPool<byte> pool)
    {
        var lent = Enumerable.Range(0, 100).Select(_ => pool.Rent()).ToArray();
        var free = lent.Count(block => block.Memory.Length == WideBlocks.Size);
        Array.ForEach(lent, block => block.Dispose());
        return free;
    }

    /// <summary>A connection that was answered once, and stays.</summary>
    private static async Task<TcpClient> AnsweredAsync(DoublerService service)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", service.Http.BaseAddress!.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"value\":4}"));
        var answer = new byte[4096];
        var length = await client.GetStream().ReadAsync(answer);
        Assert.EndsWith("8", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        return client;
    }

    /// <summary>Half of a body of 1,000 values, all of which are the caller's number.</summary>
    private static async Task<(TcpClient Client, string Second)> BeginAsync(DoublerService service, int caller)
    {
        var body = $"[{string.Join(',', Enumerable.Repeat($"{{\"value\":{caller}}}", 1000))}]";
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", service.Http.BaseAddress!.Port);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /predict/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body[..(body.Length / 2)]));
        return (client, body[(body.Length / 2)..]);
    }

    private static async Task<string> EndAsync((TcpClient Client, string Second) request)
    {
        using var client = request.Client;
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Second));
        var answer = await new StreamReader(client.GetStream()).ReadToEndAsync();
        return answer[answer.IndexOf('[', StringComparison.Ordinal)..];
    }

    private static string Doubles(int caller) => $"[{string.Join(',', Enumerable.Repeat(2 * caller, 1000))}]";

    /// <summary>Gives new blocks of the server's size, or of what is asked for.</summary>
    private sealed class SmallBlocks : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

        private sealed class Pool : MemoryPool<byte>
        {
            public override int MaxBufferSize => OfKestrel;

            public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
                new Owner(new byte[Math.Max(OfKestrel, minBufferSize)]);

            protected override void Dispose(bool disposing)
            {
            }
        }

        private sealed record Owner(Memory<byte> Memory) : IMemoryOwner<byte>
        {
            public void Dispose()
            {
            }
        }
    }
}
