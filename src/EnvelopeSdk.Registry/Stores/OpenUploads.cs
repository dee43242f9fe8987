using System.Collections.Concurrent;

namespace EnvelopeSdk.Registry.Stores;

/// <summary>What a process knows of the uploads that it has seen, until nobody goes on with them for an hour.</summary>
/// <param name="open">Makes one.</param>
internal sealed class OpenUploads<T>(Func<Guid, UploadTurns, T> open)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, (T Upload, UploadTurns Turns)> _uploads = [];

    public T Open(Guid id)
    {
        var turns = new UploadTurns();
        return _uploads.GetOrAdd(id, _ => (open(id, turns), turns)).Upload;
    }

    public void Forget(Guid id) => _uploads.TryRemove(id, out _);

    public void ForgetIdle()
    {
        foreach (var (id, (_, turns)) in _uploads)
        {
            if (turns.IdleFor > Idle)
            {
                Forget(id);
            }
        }
    }
}
