using System.CommandLine;

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
        };
        var keep = new Option<int?>("--keep")
        {
            Description = "Keep so many of the newest of each name. Without it no envelope is taken out.",
        };
        keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--keep has to be 1 or more: the newest envelope of a name is always kept.");
            }
        });
        var tagged = new Option<string[]>("--keep-tagged") { Description = "stage=production: keep those as well." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be taken out." };
        var command = new Command(
            "gc",
            "Frees the space of content that no envelope needs, and takes out old envelopes if told to, as in: "
            + "envelope gc --keep 20 --keep-tagged stage=production")
        {
            names, keep, tagged, dryRun,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var store = StoreInUse.Open();
            var isDryRun = parsed.GetValue(dryRun);
            var tags = (parsed.GetValue(tagged) ?? []).Select(QueryOptions.TagPair).ToList();
            if (parsed.GetValue(keep) is { } count)
            {
                await RetainAsync(store, parsed.GetValue(names) ?? [], count, tags, isDryRun, cancellation);
            }
            else if (tags.Count > 0 || parsed.GetValue(names) is { Length: > 0 })
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid, "Names and --keep-tagged say what --keep takes out. Give --keep as well.");
            }

            if (!isDryRun)
            {
                var collected = await store.CollectAsync(cancellation);
                Console.WriteLine($"{collected.Count} files were removed: {collected.Bytes} bytes.");
            }

            return 0;
        });
        return command;
    }

    private static async Task RetainAsync(
        IEnvelopeStore store, string[] names, int keep, List<KeyValuePair<string, string>> tags, bool isDryRun,
        CancellationToken cancellation)
    {
        foreach (var name in names is [] ? await store.ListNamesAsync(cancellation) : names)
        {
            var superfluous = await store.FindSuperfluousAsync(name, keep, tags, cancellation);
            foreach (var one in superfluous)
            {
                Console.WriteLine($"{one.Reference} {(isDryRun ? "would be" : "is")} taken out.");
            }

            if (!isDryRun && superfluous.Count > 0)
            {
                var deleted = await store.DeleteAsync(
                    name,
                    superfluous.ToDictionary(
                        one => one.Reference.Digest, one => one.Journal.Events is [.., var last] ? last.Id : default(Guid?)),
                    cancellation);
                if (deleted < superfluous.Count)
                {
                    Console.WriteLine($"{superfluous.Count - deleted} stay: they were changed meanwhile.");
                }
            }
        }
    }
}
