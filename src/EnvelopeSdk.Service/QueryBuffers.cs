using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace EnvelopeSdk.Service;

/// <summary>What answering one request needs, kept for the next one.</summary>
internal sealed class QueryBuffers
{
    public BindingErrors Errors { get; } = new();

    public JsonOutput Output { get; } = new();

    /// <summary>The request that is answered; null while they are kept.</summary>
    public HttpContext? Request { get; set; }

    public string TraceId() => Request is null ? "" : Problem.TraceId(Request);

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
        obj.Request = null;
        return true;
    }
}
