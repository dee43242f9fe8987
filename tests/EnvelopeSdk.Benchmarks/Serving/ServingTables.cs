using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>Prints what the load saw as tables of Markdown.</summary>
internal static class ServingTables
{
    /// <summary>How many times as many requests the service answers, in the rounds that stand side by side.</summary>
    public static void PrintRatios(IReadOnlyList<LoadedWork> works)
    {
        PrintHead(
            "work", "service / hand-written, requests/s", "aim", "share of the ceiling", "CPU µs a request: service",
            "hand-written", "hand-written / service, CPU");
        foreach (var work in works)
        {
            var (title, aim, nativeAim) = (work.Work.Title, work.Work.Aim, work.Work.NativeAim);
            PrintRatio(work, ServingForm.Jit, ServingForm.Jit, title, aim);
            PrintRatio(work, ServingForm.Native, ServingForm.Jit, $"AOT against JIT, {title}", nativeAim);
            PrintRatio(work, ServingForm.Native, ServingForm.Native, $"AOT against AOT, {title}", null);
        }

        Console.WriteLine();
    }

    public static void PrintRounds(IEnumerable<LoadedWork> works)
    {
        PrintHead("work", "program", "requests/s", "CPU µs a request", "p50 µs", "p99 µs", "peak MB");
        foreach (var work in works)
        {
            foreach (var one in work.Programs)
            {
                PrintRow(
                    work.Work.Title, one.Program.Title, one.PerSecond.ToString("0"), one.Processor.ToString("0.0"),
                    Text(Spread.Of(one.Rounds, round => round.Run.Median).Median, "0"),
                    Text(Spread.Of(one.Rounds, round => round.Run.Slow).Median, "0"), Text(one.Peak >> 20, "0"));
            }
        }

        Console.WriteLine();
    }

    public static void PrintHead(params string[] columns)
    {
        PrintRow(columns);
        PrintRow([.. columns.Select(_ => "---")]);
    }

    public static void PrintRow(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static void PrintRatio(
        LoadedWork work, ServingForm ours, ServingForm theirs, string title, double? aim)
    {
        if (work.Find(Contestant.Service, ours) is not { } service
            || work.Find(Contestant.Peer, theirs) is not { } peer)
        {
            return;
        }

        var ratio = Ratio(service.PerSecond, peer.PerSecond);
        var share = work.Find(Contestant.Ceiling, ours) is { } ceiling
            ? Ratio(service.PerSecond, ceiling.PerSecond).ToString("0.00")
            : "";
        PrintRow(
            title, ratio.ToString("0.00"), Text(aim, "0.0"), share, service.Processor.ToString("0.0"),
            peer.Processor.ToString("0.0"), Ratio(peer.Processor, service.Processor).ToString("0.00"));
    }

    private static Spread Ratio(Spread one, Spread other) =>
        new([.. one.Values.Zip(other.Values, (ours, theirs) => ours / theirs)]);
}
