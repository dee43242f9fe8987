using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope doctor</c>: whether the store is sound, and mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var mend = new Option<bool>("--mend") { Description = "Mend what can be mended." };
        var restore = new Option<bool>("--restore")
        {
            Description = "List envelopes again whose content is whole and that no name lists.",
        };
        var command = new ToolCommand(
            "doctor",
            "Examines the store: every file of every envelope, journals, orders and indexes. Exit code 0: sound or "
            + "mended; 1: not.",
            "envelope doctor",
            "envelope doctor --mend")
        {
            mend, restore, Answer.Json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed, StoreInUse.Open(), parsed.GetValue(mend), parsed.GetValue(restore), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, IEnvelopeStore store, bool mend, bool restore, CancellationToken cancellation)
    {
        var findings = new List<StoreFinding>();
        using var display = ProgressDisplay.Create("Examining");
        await foreach (var one in store.ExamineAsync(mend, restore, display, cancellation))
        {
            findings.Add(one);
            if (!Answer.IsJson(parsed))
            {
                display?.Clear();
                Console.WriteLine($"{Word(one.State)}: {Texts.Plain(one.Place)}\n  {Texts.Plain(one.Problem)}");
            }
        }

        display?.Dispose();
        int Count(StoreFindingState state) => findings.Count(one => one.State == state);
        var (mendable, lost) = (Count(StoreFindingState.Mendable), Count(StoreFindingState.Lost));
        var mended = Count(StoreFindingState.Mended);
        var json = new JsonObject
        {
            ["address"] = store.Address,
            ["isSound"] = mendable + lost == 0,
            ["findings"] = JsonParts.Array(findings, one => new JsonObject
            {
                ["state"] = one.State.ToString().ToLowerInvariant(),
                ["place"] = one.Place,
                ["problem"] = one.Problem,
            }),
        };
        Answer.Write(
            parsed,
            json,
            mendable + mended + lost == 0
                ? $"'{store.Address}' is sound."
                : $"{mended} mended, {mendable} that can be mended, {lost} lost."
                + (mendable > 0 ? " Run 'envelope doctor --mend'." : ""));
        return mendable + lost > 0 ? ExitCodes.NotSound : ExitCodes.Done;
    }

    private static string Word(StoreFindingState state) => state switch
    {
        StoreFindingState.Mendable => "can be mended",
        StoreFindingState.Mended => "mended",
        StoreFindingState.Lost => "lost",
        _ => "note",
    };
}
