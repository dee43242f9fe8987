using System.Text.Json.Nodes;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>Takes out what need not be kept, and says what that was.</summary>
internal sealed class Retention(bool isDryRun)
{
    private readonly List<EnvelopeReference> _superfluous = [];
    private int _changed;

    /// <summary>Takes out all of a name but the newest, and those with one of some tags.</summary>
    public async Task RetainAsync(
        IEnvelopeStore store, string name, int keep, List<KeyValuePair<string, string>> tags,
        CancellationToken cancellation)
    {
        var superfluous = await store.FindSuperfluousAsync(name, keep, tags, cancellation);
        _superfluous.AddRange(superfluous.Select(one => one.Reference));
        if (!isDryRun && superfluous.Count > 0)
        {
            _changed += superfluous.Count - await store.DeleteAsync(
                name,
                superfluous.ToDictionary(
                    one => one.Reference.Digest,
                    one => one.Journal.Events is [.., var last] ? last.Id : default(Guid?)),
                cancellation);
        }
    }

    public JsonObject ToJson(CollectedBlobs? collected) => new()
    {
        ["dryRun"] = isDryRun,
        ["superfluous"] = JsonParts.Array(_superfluous, JsonParts.Of),
        ["changedMeanwhile"] = _changed,
        ["removed"] = collected is { } removed
            ? new JsonObject { ["files"] = removed.Count, ["bytes"] = removed.Bytes }
            : null,
    };

    public string Describe(CollectedBlobs? collected) => string.Join('\n', Lines(collected));

    private IEnumerable<string> Lines(CollectedBlobs? collected)
    {
        foreach (var one in _superfluous)
        {
            yield return $"{one} {(isDryRun ? "would be" : "is")} taken out.";
        }

        if (_changed > 0)
        {
            yield return $"{_changed} stay: they were changed meanwhile.";
        }

        if (collected is { } removed)
        {
            yield return $"{removed.Count} files were removed: {removed.Bytes} bytes.";
        }
        else if (_superfluous.Count == 0)
        {
            yield return "No envelope would be taken out. Files that none needs are counted when they are removed.";
        }
    }
}
