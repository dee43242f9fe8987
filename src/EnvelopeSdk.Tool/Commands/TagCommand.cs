using System.CommandLine;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope tag</c>: sets and takes away tags of an envelope.</summary>
internal static class TagCommand
{
    public static Command Create()
    {
        var reference = Arguments.Stored();
        var tags = new Argument<string[]>("tags")
        {
            Description = "stage=production sets the tag 'stage', stage- takes it away.",
            Arity = ArgumentArity.OneOrMore,
            CompletionSources = { Offers.TagChanges },
        };
        var command = new ToolCommand(
            "tag",
            "Sets and takes away tags of an envelope.",
            "envelope tag diamond-price stage=production draft-")
        {
            reference,
            tags,
            Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var changes = Parse(parsed.GetRequiredValue(tags));
            var store = EnvelopeStore.Default;
            var found = await Arguments.FindAsync(parsed.GetRequiredValue(reference), store, cancellation);
            var journal = await store.TagAsync(found.Content.Reference, changes, cancellation);
            Changes.Write(parsed, found, journal);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Dictionary<string, string?> Parse(IEnumerable<string> tags)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            var (name, value) = Change(tag);
            if (!changes.TryAdd(name, value))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, $"The tag '{name}' is there twice. Leave one of the two out.");
            }
        }

        return changes;
    }

    private static (string Name, string? Value) Change(string tag)
    {
        var sign = tag.IndexOf('=', StringComparison.Ordinal);
        if (sign > 0)
        {
            return (tag[..sign], tag[(sign + 1)..]);
        }

        return sign < 0 && tag is [_, .., '-']
            ? (tag[..^1], null)
            : throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{tag}' does not say what to do with a tag. Write NAME=VALUE to set it, or NAME- to take it away.");
    }
}
