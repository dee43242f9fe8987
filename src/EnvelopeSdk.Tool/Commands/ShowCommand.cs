using System.CommandLine;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Tool.Drawing;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope show</c>: what is in an envelope.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var reference = Arguments.Reference();
        var history = new Option<bool>("--history")
        {
            Description = "Print all saves and all changes of tags and metrics, the earliest first.",
        };
        var command = new ToolCommand(
            "show",
            "Shows what is in an envelope, and what it was trained from.",
            "envelope show diamond-price",
            "envelope show diamond-price --history")
        {
            reference, history, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var resolved = await EnvelopeResolver.OpenAsync(
                parsed.GetRequiredValue(reference), EnvelopeStore.Default, cancellation);
            var content = resolved.Content;
            if (Answer.IsJson(parsed))
            {
                Answer.Write(parsed, await ShownJson.OfAsync(resolved, parsed.GetValue(history), cancellation), "");
            }
            else
            {
                Console.WriteLine(
                    parsed.GetValue(history)
                        ? History(content, resolved.Journal)
                        : Describe(content, resolved.Journal, await SignaturesAsync(resolved, cancellation)));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string History(EnvelopeContent content, EnvelopeJournal journal) => string.Join(
        '\n',
        journal.Events
            .Select(one => $"{Texts.Time(one.Time)}  {Texts.Change(journal, one)}{By(one)}")
            .Prepend(content.Reference.ToString()));

    private static string By(JournalEvent one) =>
        Texts.Plain(
            (one.Who is { } who ? $"  by {who}" : "") + (one.Ci is { } ci ? $"  in {ci.System} {ci.Id}" : ""));

    /// <summary>Without keys, signatures are what somebody says.</summary>
    private static async Task<string> SignaturesAsync(ResolvedEnvelope resolved, CancellationToken cancellation)
    {
        try
        {
            var signatures = await resolved.ReadSignaturesAsync(cancellation);
            return signatures.Count == 0 ? "" : $"{signatures.Count}, unchecked: 'envelope verify --key' says by whom";
        }
        catch (EnvelopeException failure)
        {
            return $"cannot be read: {failure.Message}";
        }
    }

    private static string Describe(EnvelopeContent content, EnvelopeJournal journal, string signatures)
    {
        var labels = journal.Labels;
        var record = content.Record;
        var text = new StringBuilder();
        void Line(string name, string? value) => text.Append(
            value is { Length: > 0 } ? $"{name,-16} {Texts.Plain(value)}\n" : "");

        Line("Name", record.Name);
        Line("Digest", content.Digest.ToString());
        Line("Description", record.Description);
        Line("Model", $"{record.Model.Type} in {record.Model.Assembly}.dll");
        Line("Tags", string.Join(", ", labels.Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Line("Metrics", string.Join(", ", labels.Metrics.Select(Texts.Metric)));
        text.AppendJoin("", ParameterList.Draw(record.Hyperparameters, Texts.Width).Select(line => line + "\n"));
        Line(
            "Queries",
            string.Join(", ", record.Schema.Queries.Select(
                query => $"{query.Name}({string.Join(", ", query.Parameters.Select(parameter => parameter.Name))})")));
        Line("Schema", record.Schema.Fingerprint);
        Line("Git", record.Provenance.Git is { } git ? git.Commit + (git.Dirty ? " (dirty)" : "") : null);
        var saved = journal.Events.LastOrDefault(one => one.Kind == JournalEventKind.Saved);
        Line("CI", saved?.Ci is { } ci ? $"{ci.System} {ci.Id} {ci.Url}" : null);
        Line("Saved", saved is null ? null : Texts.Time(saved.Time) + (saved.Who is { } who ? " by " + who : ""));
        Line("Signatures", signatures);
        Line(
            "Saved on",
            $"{record.Provenance.Runtime}, {record.Provenance.RuntimeIdentifier}, SDK {record.Packages.Sdk}");
        Line(
            "Packages",
            string.Join(", ", record.Packages.Packages.Select(package => $"{package.Id} {package.Version}")));
        foreach (var (path, size) in content.Files)
        {
            Line("File", $"{path} ({size} bytes)");
        }

        text.AppendJoin("", MetricDrawing.Draw(journal.Metrics, Texts.Width).Select(line => line + "\n"));
        return text.ToString().TrimEnd('\n');
    }
}
