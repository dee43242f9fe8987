using System.Globalization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>
/// Saves, tags, signs and deletes its own envelopes through registries that are killed, and knows what was said to be
/// done.
/// </summary>
/// <param name="source">A store with its envelopes, which stays.</param>
/// <param name="mine">Its envelopes.</param>
/// <param name="random">What to do next.</param>
internal sealed class KilledClient(IEnvelopeStore source, IReadOnlyList<EnvelopeReference> mine, Random random)
{
    private readonly Dictionary<Digest, Known> _known = mine.ToDictionary(one => one.Digest, _ => new Known(false, null, []));
    private readonly HashSet<Digest> _unsure = [];

    public int Done { get; private set; }

    /// <summary>How often nobody said whether it was done.</summary>
    public int Interrupted { get; private set; }

    /// <summary>Does one thing after the other until it is told to stop.</summary>
    /// <param name="registries">Those that are there at the moment.</param>
    /// <param name="isStopped">Whether to stop.</param>
    public async Task RunAsync(IReadOnlyList<RegistryProcess> registries, Func<bool> isStopped)
    {
        while (!isStopped())
        {
            var registry = registries[random.Next(registries.Count)];
            var one = mine[random.Next(mine.Count)];
            if (registry.IsKilled || _unsure.Contains(one.Digest))
            {
                await Task.Delay(5);
                continue;
            }

            try
            {
                await DoAsync(
                    EnvelopeStore.OpenRegistry(registry.Address, OtherStore.Options with { Attempts = 1 }, source), one);
                Done++;
            }
            catch (EnvelopeException) when (registry.IsKilled)
            {
                Interrupted++;
                _unsure.Add(one.Digest);
            }
        }
    }

    /// <summary>All that it was told is done holds, and what was under way is done or not.</summary>
    public async Task CheckAsync(IEnvelopeStore store)
    {
        var listed = await OtherStore.NewestAsync(store, KeptEnvelopes.Name);
        foreach (var one in mine)
        {
            var found = new Known(
                listed.Contains(one), (await store.ReadJournalAsync(one)).Labels.Tags.GetValueOrDefault("value"),
                [.. (await store.ReadSignaturesAsync(one)).Select(made => System.Text.Encoding.UTF8.GetString(made.Payload.Span))]);
            var known = _known[one.Digest];
            if (!_unsure.Contains(one.Digest))
            {
                Assert.True(known.IsThere == found.IsThere, $"{one} was lost or came back.");
                Assert.True(known.Tag == found.Tag, $"{one} has the tag {found.Tag}, and was given {known.Tag}.");
                Assert.True(known.Signed.SetEquals(found.Signed), $"{one} is signed {string.Join(", ", found.Signed)}.");
            }

            _known[one.Digest] = found;
        }

        _unsure.Clear();
    }

    private async Task DoAsync(IEnvelopeStore registry, EnvelopeReference one)
    {
        var known = _known[one.Digest];
        var text = random.Next().ToString(CultureInfo.InvariantCulture);
        switch (random.Next(8))
        {
            case 0 when known.IsThere:
                await registry.DeleteAsync(one);
                _known[one.Digest] = new(false, null, []);
                break;
            case 1 or 2 when known is { IsThere: true, Signed.Count: < 200 }:
                await registry.AddSignaturesAsync(one, [KeptEnvelopes.Signature(text)]);
                _known[one.Digest] = known with { Signed = [.. known.Signed, text] };
                break;
            case 3 or 4 or 5 when known.IsThere:
                await registry.TagAsync(one, OtherStore.Tag("value", text));
                _known[one.Digest] = known with { Tag = text };
                break;
            default:
                await registry.CopyAsync(await source.OpenAsync(one.Name, one.Digest), EnvelopeJournal.Empty);
                _known[one.Digest] = known with { IsThere = true };
                break;
        }
    }

    private sealed record Known(bool IsThere, string? Tag, HashSet<string> Signed);
}
