using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// Documents that the registry made of what the store knows, for a client that has seen their digests and comes back
/// for them. The oldest go when they are many.
/// </summary>
internal sealed class MadeContent
{
    private const long Most = 64 << 20;

    /// <summary>So many stay however large they are: a journal is three documents.</summary>
    private const int Few = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Repository, Digest Digest), byte[]> _known = [];
    private readonly Queue<(string Repository, Digest Digest)> _order = [];
    private long _size;

    /// <summary>Keeps a document.</summary>
    /// <returns>Its digest.</returns>
    public Digest Keep(string repository, byte[] bytes)
    {
        var digest = Digest.Of(bytes);
        lock (_lock)
        {
            if (_known.TryAdd((repository, digest), bytes))
            {
                _order.Enqueue((repository, digest));
                for (_size += bytes.Length; _size > Most && _order.Count > Few;)
                {
                    _known.Remove(_order.Dequeue(), out var oldest);
                    _size -= oldest!.Length;
                }
            }
        }

        return digest;
    }

    public byte[]? Find(string repository, Digest digest)
    {
        lock (_lock)
        {
            return _known.GetValueOrDefault((repository, digest));
        }
    }
}
