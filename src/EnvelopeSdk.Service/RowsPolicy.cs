using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;

namespace EnvelopeSdk.Service;

/// <summary>Keeps the lists of rows of ordinary batches, empty; a huge one must not hold its memory for ever.</summary>
/// <typeparam name="TArguments">The arguments of a row.</typeparam>
internal sealed class RowsPolicy<TArguments> : PooledObjectPolicy<List<TArguments>>
    where TArguments : struct
{
    private const int LargestKept = 1 << 20; // bytes

    public override List<TArguments> Create() => [];

    public override bool Return(List<TArguments> obj)
    {
        obj.Clear();
        return (long)obj.Capacity * Unsafe.SizeOf<TArguments>() <= LargestKept;
    }
}
