namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>Prints what is measured beside the load as tables of Markdown.</summary>
internal static class OtherTables
{
    private static readonly Dictionary<ServingForm, string> StartAims = new()
    {
        [ServingForm.Jit] = "450 ms",
        [ServingForm.Native] = "60 ms, 26 MB",
    };

    private static readonly Dictionary<string, string> AllocatedAims = new()
    {
        ["row"] = "600",
        ["rows"] = "10 k",
        ["image"] = "0.65 M",
    };

    public static void PrintStarts(IEnumerable<(ServingProgram Program, List<FirstAnswer> Seen)> starts)
    {
        ServingTables.PrintHead("program", "start to first prediction, ms", "resident then, MB", "aim");
        foreach (var (program, seen) in starts)
        {
            ServingTables.PrintRow(
                program.Title, Spread.Of(seen, one => one.Milliseconds).ToString("0"),
                Spread.Of(seen, one => one.Memory).ToString("0.0"),
                program.Contestant == Contestant.Service ? StartAims[program.Form] : "");
        }

        Console.WriteLine();
    }

    public static async Task PrintAllocatedAsync(ServingOptions options, IReadOnlyList<ServingProgram> programs)
    {
        ServingTables.PrintHead(
            ["allocated bytes a request", .. programs.Select(one => one.Title), "aim of the service"]);
        foreach (var work in options.Works is [] ? ServingWork.All : options.Works)
        {
            Console.Error.WriteLine($"allocated: {work.Title}");
            var cells = new List<string> { work.Title };
            foreach (var program in programs)
            {
                cells.Add(ServingTables.Text(await AllocatedBytes.OfAsync(options, work, program), "#,0"));
            }

            ServingTables.PrintRow([.. cells, AllocatedAims.GetValueOrDefault(work.Name, "")]);
        }

        Console.WriteLine();
    }

    public static void PrintLatency(IEnumerable<(ServingProgram Program, List<OpenLoad> Seen)> loads, double peak)
    {
        ServingTables.PrintHead(
            $"1,000 rows at 70 % of {ServingTables.Text(peak, "0")} requests/s", "p50 µs", "p99 µs", "largest µs",
            "refused %");
        foreach (var (program, seen) in loads)
        {
            ServingTables.PrintRow(
                program.Title, Spread.Of(seen, one => one.Median).ToString("0"),
                Spread.Of(seen, one => one.Slow).ToString("0"), Spread.Of(seen, one => one.Largest).ToString("0"),
                Spread.Of(seen, one => one.Refused).ToString("0.0"));
        }

        Console.WriteLine();
    }
}
