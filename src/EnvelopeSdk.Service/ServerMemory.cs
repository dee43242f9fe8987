using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service;

/// <summary>
/// Memory into which Kestrel receives and of which it sends: in blocks of 64 kB in place of 4 kB, since tables and
/// images are larger than that, and each block is a call of the system. There is a number of these for the whole
/// server; whoever comes when all are in use has Kestrel's own, so that many slow callers hold little more memory than
/// without. Connections that wait for their next request hold none.
/// </summary>
/// <param name="small">Makes the pools of Kestrel's own blocks.</param>
/// <param name="count">How many wide blocks there are at most.</param>
internal sealed class ServerMemory(IMemoryPoolFactory<byte> small, int count = ServerMemory.MostBlocks)
    : IMemoryPoolFactory<byte>
{
    /// <summary>4 MB in all: a request needs one block to be read and one to be answered.</summary>
    private const int MostBlocks = 64;

    private readonly WideBlocks _wide = new(count);

    /// <summary>Puts it before the memory of the server, which has none where it is not Kestrel.</summary>
    public static void Widen(IServiceCollection services)
    {
        var own = services.LastOrDefault(
            service => service.ServiceType == typeof(IMemoryPoolFactory<byte>) && !service.IsKeyedService);
        if (own is null)
        {
            return;
        }

        services.Remove(own);
        services.AddSingleton<IMemoryPoolFactory<byte>>(provider => new ServerMemory(Make(own, provider)));
    }

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool(small.Create(options), _wide);

    private static IMemoryPoolFactory<byte> Make(ServiceDescriptor own, IServiceProvider provider) =>
        (IMemoryPoolFactory<byte>)(own.ImplementationInstance
            ?? own.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!));

    private sealed class Pool(MemoryPool<byte> small, WideBlocks wide) : MemoryPool<byte>
    {
        public override int MaxBufferSize => small.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
            minBufferSize <= WideBlocks.Size && wide.TryRent() is { } block ? block : small.Rent(minBufferSize);

        protected override void Dispose(bool disposing) => small.Dispose();
    }
}
