using System.CommandLine.Completions;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Completion;

/// <summary>What the store offers to complete a word with. Where it cannot be read, nothing.</summary>
internal static class Offers
{
    /// <summary>Tags are taken of so many of the newest envelopes: who waits for a completion goes on typing.</summary>
    private const int Looked = 50;

    public static IEnumerable<CompletionItem> Names(CompletionContext context) =>
        Quietly(() => IsNear ? EnvelopeStore.Default.ListNamesAsync().GetAwaiter().GetResult() : [])
            .Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal))
            .Select(name => new CompletionItem(name));

    /// <summary>To be set: <c>stage=</c>.</summary>
    public static IEnumerable<CompletionItem> Tags(CompletionContext context) => Keys(context, Named(context), "=");

    /// <summary>The same, of envelopes of any name.</summary>
    public static IEnumerable<CompletionItem> TagsOfAll(CompletionContext context) => Keys(context, null, "=");

    /// <summary>To be set or taken away: <c>stage=</c>, <c>stage-</c>.</summary>
    public static IEnumerable<CompletionItem> TagChanges(CompletionContext context) =>
        [.. Keys(context, Named(context), "="), .. Keys(context, Named(context), "-")];

    private static IEnumerable<CompletionItem> Keys(CompletionContext context, string? name, string end) =>
        Quietly(() => IsNear ? KeysAsync(name).GetAwaiter().GetResult() : [])
            .Select(key => key + end)
            .Where(text => text.StartsWith(context.WordToComplete, StringComparison.Ordinal))
            .Select(text => new CompletionItem(text));

    /// <summary>The name among what is typed already; null when there is none.</summary>
    private static string? Named(CompletionContext context) =>
        context.ParseResult.CommandResult.Tokens is [var first, ..] ? first.Value.Split('@')[0] : null;

    private static async Task<IReadOnlyList<string>> KeysAsync(string? name)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var one in EnvelopeStore.Default.ListNewestAsync(name).Take(Looked))
        {
            var journal = await EnvelopeStore.Default.ReadJournalAsync(one.Reference);
            keys.UnionWith(journal.Labels.Tags.Keys);
        }

        return [.. keys];
    }

    /// <summary>Who types does not wait for a network.</summary>
    private static bool IsNear => !StoreInUse.IsElsewhere(EnvelopeStore.Default);

    private static IReadOnlyList<string> Quietly(Func<IReadOnlyList<string>> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is EnvelopeException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
