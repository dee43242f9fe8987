using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using Microsoft.Extensions.ObjectPool;

namespace EnvelopeSdk.Service;

/// <summary>What answering one request needs, kept for the next one.</summary>
internal sealed class QueryBuffers
{
    public BindingErrors Errors { get; } = new();

    public JsonOutput Output { get; } = new();

    public void Clear()
    {
        Errors.Clear();
        Output.Clear();
    }
}

/// <summary>Keeps buffers of ordinary size; one huge answer must not hold its memory for ever.</summary>
internal sealed class QueryBuffersPolicy : PooledObjectPolicy<QueryBuffers>
{
    private const int LargestKept = 1 << 20;

    public override QueryBuffers Create() => new();

    public override bool Return(QueryBuffers obj)
    {
        if (obj.Output.Capacity > LargestKept)
        {
            return false;
        }

        obj.Clear();
        return true;
    }
}
