using System.Collections.Concurrent;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// Uploads that are under way. What has come lies in a file, so that an upload goes on after a restart; only how it is
/// hashed so far is in memory.
/// </summary>
internal sealed class UploadSessions(RegistryContent content)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, UploadSession> _sessions = [];

    public UploadSession Begin()
    {
        foreach (var (id, session) in _sessions)
        {
            if (session.IdleFor > Idle)
            {
                _sessions.TryRemove(id, out _);
            }
        }

        var begun = Guid.NewGuid();
        File.Create(content.Repositories.NewUpload(begun)).Dispose();
        return Open(begun);
    }

    /// <exception cref="RefusedException">There is no such upload.</exception>
    public UploadSession Find(string id) =>
        Guid.TryParseExact(id, "N", out var found) && File.Exists(content.Repositories.UploadPath(found))
            ? Open(found)
            : throw Refusals.UploadUnknown(id);

    /// <summary>Ends an upload, and removes what has come of it.</summary>
    public void Remove(UploadSession session)
    {
        File.Delete(session.FilePath);
        _sessions.TryRemove(session.Id, out _);
    }

    private UploadSession Open(Guid id) =>
        _sessions.GetOrAdd(id, _ => new UploadSession(id, content.Repositories.UploadPath(id)));
}
