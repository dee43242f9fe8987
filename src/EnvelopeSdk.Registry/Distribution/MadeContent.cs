using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access;

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
    private readonly Dictionary<(string Repository, Digest Digest), (HashSet<string> Envelopes, byte[] Bytes)> _known =
        [];
    private readonly Queue<(string Repository, Digest Digest)> _order = [];
    private long _size;

    /// <summary>Keeps a document.</summary>
    /// <param name="repository">Through which it may be read.</param>
    /// <param name="envelope">The name of the envelope that it tells of.</param>
    /// <param name="bytes">The document.</param>
    /// <returns>Its digest.</returns>
    public Digest Keep(string repository, string envelope, byte[] bytes)
    {
        var digest = Digest.Of(bytes);
        lock (_lock)
        {
            if (_known.TryAdd((repository, digest), ([envelope], bytes)))
            {
                _order.Enqueue((repository, digest));
                for (_size += bytes.Length; _size > Most && _order.Count > Few;)
                {
                    _known.Remove(_order.Dequeue(), out var oldest);
                    _size -= oldest.Bytes.Length;
                }
            }
            else
            {
                _known[(repository, digest)].Envelopes.Add(envelope); // an empty document is that of many
            }
        }

        return digest;
    }

    /// <param name="repository">Through which it is read.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="names">The names of envelopes that the caller may read; null: all.</param>
    public byte[]? Find(string repository, Digest digest, NamePattern? names)
    {
        lock (_lock)
        {
            return _known.TryGetValue((repository, digest), out var known)
                && (names is null || known.Envelopes.Any(names.IsMatch))
                ? known.Bytes
                : null;
        }
    }
}
