using System.CommandLine;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tool.Completion;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope gc</c>: takes out what need not be kept, and frees the space.</summary>
internal static class GcCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("name")
        {
            Description = "Only envelopes of these names; without one, of all.",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "name",
            CompletionSources = { Offers.Names },
        };
        var keep = WholeNumber.Option<int>(
            "--keep",
            "Keep so many of the newest of each name, of which one always stays. Without it no envelope is taken out.",
            least: 1);
        var tagged = new Option<string[]>("--keep-tagged")
        {
            Description = "stage=production: keep those as well.",
            HelpName = "keep-tagged",
            CompletionSources = { Offers.Tags },
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be taken out." };
        var command = new ToolCommand(
            "gc",
            "Frees the space of content that no envelope needs, and takes out old envelopes if told to.",
            "envelope gc",
            "envelope gc --keep 20 --keep-tagged stage=production --dry-run")
        {
            names, keep, tagged, dryRun, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var store = StoreInUse.Open();
            var isDryRun = parsed.GetValue(dryRun);
            var tags = (parsed.GetValue(tagged) ?? []).Select(QueryText.TagPair).ToList();
            var outcome = new Retention(isDryRun);
            if (parsed.GetValue(keep) is { } count)
            {
                var of = parsed.GetValue(names) is { Length: > 0 } some
                    ? some
                    : await store.ListNamesAsync(cancellation);
                foreach (var name in of)
                {
                    await outcome.RetainAsync(store, name, count, tags, cancellation);
                }
            }
            else if (tags.Count > 0 || parsed.GetValue(names) is { Length: > 0 })
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, "Names and --keep-tagged say what --keep takes out. Give --keep as well.");
            }

            using var display = ProgressDisplay.Create("Collecting");
            var collected = isDryRun ? default(CollectedBlobs?) : await store.CollectAsync(display, cancellation);
            display?.Dispose();
            Answer.Write(parsed, outcome.ToJson(collected), outcome.Describe(collected));
            return ExitCodes.Done;
        });
        return command;
    }
}
