using System.CommandLine;

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
        var command = new Command(
            "doctor",
            "Examines the store: every file of every envelope, journals, orders and indexes. Exit code 0: sound or "
            + "mended; 1: not.")
        {
            mend, restore,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            StoreInUse.Open(), parsed.GetValue(mend), parsed.GetValue(restore), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        IEnvelopeStore store, bool mend, bool restore, CancellationToken cancellation)
    {
        var counts = new int[Enum.GetValues<StoreFindingState>().Length];
        await foreach (var one in store.ExamineAsync(mend, restore, cancellation))
        {
            counts[(int)one.State]++;
            Console.WriteLine($"{Word(one.State)}: {Texts.Plain(one.Place)}\n  {Texts.Plain(one.Problem)}");
        }

        var (mendable, mended, lost) = (counts[0], counts[1], counts[2]);
        Console.WriteLine(
            mendable + mended + lost == 0
                ? $"'{store.Address}' is sound."
                : $"{mended} mended, {mendable} that can be mended, {lost} lost."
                + (mendable > 0 ? " Run 'envelope doctor --mend'." : ""));
        return mendable + lost > 0 ? 1 : 0;
    }

    private static string Word(StoreFindingState state) => state switch
    {
        StoreFindingState.Mendable => "can be mended",
        StoreFindingState.Mended => "mended",
        StoreFindingState.Lost => "lost",
        _ => "note",
    };
}
