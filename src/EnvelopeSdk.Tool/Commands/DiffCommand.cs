using System.CommandLine;
using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope diff</c>: whether one envelope can take another's place without its callers' noticing.
/// </summary>
internal static class DiffCommand
{
    private const int Breaking = 1;
    private const int Trouble = 2;

    public static Command Create()
    {
        var before = new Argument<string>("before")
        {
            Description = "The envelope that callers know: NAME, NAME@sha256:DIGEST, a .envelope file, or "
                + "oci://HOST/REPOSITORY:TAG.",
        };
        var after = new Argument<string>("after") { Description = "The envelope that is to take its place." };
        var json = new Option<bool>("--json") { Description = "Print the changes as JSON." };
        var command = new Command(
            "diff",
            "Compares the schemas of two envelopes: exit code 0 when callers of the first can call the second, 1 when "
            + "not, 2 when one cannot be read.")
        {
            before,
            after,
            json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var old = await EnvelopeResolver.OpenAsync(
                    parsed.GetRequiredValue(before), EnvelopeStore.Default, cancellation);
                var now = await EnvelopeResolver.OpenAsync(
                    parsed.GetRequiredValue(after), EnvelopeStore.Default, cancellation);
                var changes = SchemaComparison.Compare(old.Content.Record.Schema, now.Content.Record.Schema);
                Console.WriteLine(
                    parsed.GetValue(json)
                        ? JsonSerializer.Serialize(changes, JsonSerializerOptions.Web)
                        : Describe(changes));
                return changes.Any(change => change.IsBreaking) ? Breaking : 0;
            }
            catch (Exception failure) when (failure is EnvelopeException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"error: {failure.Message}");
                return Trouble;
            }
        });
        return command;
    }

    private static string Describe(IReadOnlyList<SchemaChange> changes) => changes.Count == 0
        ? "No difference that a caller could see."
        : string.Join(
            '\n',
            changes.Select(
                change => $"{(change.IsBreaking ? "breaking  " : "compatible")}  {change.Pointer}: {change.Reason}"));
}
