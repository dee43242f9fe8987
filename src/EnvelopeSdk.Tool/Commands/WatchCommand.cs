using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope watch</c>: what happens in a registry, as it happens.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name")
        {
            Description = "The name of the envelopes, or of a batch; all if absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var kind = new Option<string?>("--kind")
        {
            Description = $"What is told of: {string.Join(", ", RegistryEventKind.All)}; all if absent.",
        };
        var after = WholeNumber.Option<long>(
            "--after", "The event behind which to go on, by its id; from now on if absent.");
        var count = WholeNumber.Option<int>("--count", "After how many to end; if absent, Ctrl-C ends it.", least: 1);
        var command = new ToolCommand(
            "watch",
            "Tells what happens in the registry that ENVELOPE_HOME names: saves, tags, metrics, deletions, deployments, "
            + "batches.",
            "envelope watch",
            "envelope watch diamond-price --kind saved --json")
        {
            name, kind, after, count, Answer.Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var registry = StoreInUse.OpenRegistry("sends no events");
            var left = parsed.GetValue(count) ?? int.MaxValue;
            await foreach (var one in registry.WatchAsync(
                parsed.GetValue(name), parsed.GetValue(kind), parsed.GetValue(after), cancellation))
            {
                Console.WriteLine(Answer.IsJson(parsed) ? Json(one).ToJsonString() : Text(one));
                if (--left <= 0)
                {
                    break;
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Text(RegistryEvent one)
    {
        var what = RegistryEventKind.OfBatches.Contains(one.Kind) ? Run(one) : Change(one);
        return Texts.Plain(
            $"{one.Time:yyyy-MM-dd HH:mm:ss'Z'}  {one.Kind}  {what}" + (one.Who is null ? "" : $"  by {one.Who}"));
    }

    private static string Run(RegistryEvent one) =>
        $"{one.Name} run {one.Step}"
        + (one.Digest is null ? "" : $" of {one.Subject}@{one.Digest}")
        + (one.Value is { } why ? $": {why.GetString()}" : "");

    private static string Change(RegistryEvent one)
    {
        var subject = one.Step is { } step ? $"{one.Subject}[{step}]" : one.Subject;
        var what = subject is null ? ""
            : one.Value is { } value ? $" {subject}={value}"
            : one.Kind == RegistryEventKind.Tagged ? $" {subject} taken away"
            : $" {subject}";
        return $"{one.Name}@{one.Digest}{what}";
    }

    private static JsonObject Json(RegistryEvent one) => new()
    {
        ["id"] = one.Id,
        ["kind"] = one.Kind,
        ["name"] = one.Name,
        ["digest"] = one.Digest,
        ["subject"] = one.Subject,
        ["step"] = one.Step,
        ["value"] = one.Value is { } value ? JsonNode.Parse(value.GetRawText()) : null,
        ["who"] = one.Who,
        ["time"] = JsonParts.Time(one.Time),
    };
}
