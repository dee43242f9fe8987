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
            HelpName = "tags",
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
            var changes = Assignments.Parse(parsed.GetRequiredValue(tags), "tag");
            var store = EnvelopeStore.Default;
            var found = await Arguments.FindAsync(parsed.GetRequiredValue(reference), store, cancellation);
            var journal = await store.TagAsync(found.Content.Reference, changes, cancellation);
            Changes.Write(parsed, found, journal);
            return ExitCodes.Done;
        });
        return command;
    }
}
