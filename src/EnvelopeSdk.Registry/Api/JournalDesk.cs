using System.Security.Claims;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Writes into journals for callers whom the registry knows, and puts their names to it.</summary>
internal sealed class JournalDesk(IEnvelopeStore store, TimeProvider clock)
{
    /// <summary>Sets tags, and takes those away whose value is null.</summary>
    /// <returns>What has changed: nothing when all was so already.</returns>
    /// <exception cref="EnvelopeException">A tag has no name, or the envelope is not there.</exception>
    public Task<IReadOnlyList<Change>> TagAsync(
        EnvelopeReference envelope, IReadOnlyDictionary<string, string?> tags, ClaimsPrincipal caller,
        CancellationToken cancellationToken)
    {
        if (tags.Keys.Any(string.IsNullOrWhiteSpace))
        {
            throw new EnvelopeException(EnvelopeError.Invalid, "A tag has no name. Give it one.");
        }

        return WriteAsync(
            envelope, caller,
            writer =>
            {
                foreach (var (name, value) in tags)
                {
                    if (value is null)
                    {
                        writer.RemoveTag(name);
                    }
                    else
                    {
                        writer.SetTag(name, value);
                    }
                }
            },
            cancellationToken);
    }

    /// <exception cref="EnvelopeException">The envelope is not there, or the store cannot be written.</exception>
    public async Task<IReadOnlyList<Change>> WriteAsync(
        EnvelopeReference envelope, ClaimsPrincipal caller, Action<JournalWriter> write,
        CancellationToken cancellationToken)
    {
        var known = await store.ReadJournalAsync(envelope, cancellationToken);
        var writer = new JournalWriter(envelope.Digest, known, clock) { Who = caller.Identity?.Name };
        write(writer);
        await store.AppendAsync(envelope, writer.Events, cancellationToken);
        var journal = known.With(writer.Events);
        return [.. writer.Events.Select(one => Change.Of(journal, one))];
    }
}
