using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace EnvelopeSdk.Service;

/// <summary>What the handlers of all queries share.</summary>
internal sealed class QueryServices(ILogger<QueryHandler> logger, CallGate gate, CallMetrics metrics)
{
    public ILogger Logger { get; } = logger;

    public CallGate Gate { get; } = gate;

    public CallMetrics Metrics { get; } = metrics;

    public ObjectPool<QueryBuffers> Buffers { get; } = new DefaultObjectPool<QueryBuffers>(new QueryBuffersPolicy());
}
