namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>
/// The generated service against one that is written by hand for the same model, and against a server that does
/// nothing. Load and servers share the processors of one machine: where the load needs most of them, how long
/// processors work for a request says more than how many are answered. Needs Debian's <c>wrk</c>.
/// </summary>
internal static class ServingComparison
{
    private const int Starts = 15;

    private static readonly Contestant[] Contestants = [Contestant.Service, Contestant.Peer, Contestant.Ceiling];

    /// <param name="arguments">Those of <see cref="ServingOptions"/>.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var options = ServingOptions.Parse(arguments);
        Directory.CreateDirectory(options.Directory);
        foreach (var work in ServingWork.All)
        {
            await work.WriteBodyAsync(options.Directory);
        }

        var programs = await BuildAsync(options);
        List<ServingProgram> loaded = [.. programs];
        if (options.Has(ServingOptions.FastApi) && await FastApiProgram.IsInstalledAsync())
        {
            loaded.Add(FastApiProgram.Program);
        }
        else if (options.Has(ServingOptions.FastApi))
        {
            Console.WriteLine($"FastAPI is not measured: {FastApiProgram.Cure}\n");
        }

        await AnswerCheck.RunAsync(options.Directory, options.Works, loaded);
        await MeasureAsync(options, programs, await MeasureLoadAsync(options, loaded));
    }

    private static async Task<IReadOnlyList<ServingProgram>> BuildAsync(ServingOptions options)
    {
        var workshop = new Workshop(options.Directory, options.Keep);
        await ServingBuild.PrepareAsync(workshop);
        var programs = new List<ServingProgram>();
        foreach (var form in options.Forms)
        {
            foreach (var contestant in Contestants)
            {
                var command = await ServingBuild.PublishAsync(workshop, contestant, form);
                programs.Add(new(contestant, form, command));
            }
        }

        return programs;
    }

    private static async Task<IReadOnlyList<LoadedWork>> MeasureLoadAsync(
        ServingOptions options, IReadOnlyList<ServingProgram> programs)
    {
        var works = new List<LoadedWork>();
        foreach (var work in options.Works)
        {
            works.Add(await LoadedWork.RunAsync(options, work, programs));
        }

        if (works.Count > 0)
        {
            ServingTables.PrintRatios(works);
            ServingTables.PrintRounds(works);
        }

        return works;
    }

    private static async Task MeasureAsync(
        ServingOptions options, IReadOnlyList<ServingProgram> programs, IReadOnlyList<LoadedWork> works)
    {
        if (options.Has(ServingOptions.Start))
        {
            OtherTables.PrintStarts(await FirstAnswer.RunAsync(options.Directory, programs, Starts));
        }

        var compiled = programs
            .Where(one => one.Form == ServingForm.Jit && one.Contestant != Contestant.Ceiling).ToList();
        if (options.Has(ServingOptions.Allocated) && compiled.Count > 0)
        {
            await OtherTables.PrintAllocatedAsync(options, compiled);
        }

        if (options.Has(ServingOptions.Latency) && compiled.Count > 0)
        {
            var rows = works.FirstOrDefault(one => one.Work == ServingWork.Rows)
                ?? await LoadedWork.RunAsync(options with { Rounds = 1 }, ServingWork.Rows, compiled);
            var peak = rows.Find(Contestant.Peer, ServingForm.Jit)!.PerSecond.Median;
            OtherTables.PrintLatency(await OpenComparison.RunAsync(options, compiled, peak), peak);
        }
    }
}
