using EnvelopeSdk.Layouts;

namespace EnvelopeSdk.Tests.Support;

/// <summary>Whether the log of changes of a store names each envelope that was changed since the last look.</summary>
internal sealed class FollowedLog(FolderStore store)
{
    private Dictionary<EnvelopeReference, string> _known = [];
    private ChangePlace? _place;

    /// <summary>Nobody writes meanwhile.</summary>
    public void Check()
    {
        var changes = store.Changes.Read(_place);
        var now = store.Names()
            .SelectMany(name => store.Layout(name).Entries().Select(one => new EnvelopeReference(name, one)))
            .ToDictionary(one => one, StateOf);
        var changed = now.Keys.Union(_known.Keys)
            .Where(one => now.GetValueOrDefault(one) != _known.GetValueOrDefault(one)).ToList();
        if (changes.Envelopes is not null)
        {
            Assert.All(changed, one => Assert.Contains(one, changes.Envelopes));
        }

        (_known, _place) = (now, changes.Place);
    }

    private string StateOf(EnvelopeReference one)
    {
        var layout = store.Layout(one.Name);
        return string.Concat(
            ((string[])[layout.Journal(one.Digest).FilePath, layout.Signatures(one.Digest).FilePath])
                .Where(File.Exists).Select(File.ReadAllText));
    }
}
