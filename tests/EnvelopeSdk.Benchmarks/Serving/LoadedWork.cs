namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What one run of <c>wrk</c> saw of a program.</summary>
/// <param name="Run">What <c>wrk</c> counted.</param>
/// <param name="Processor">How many microseconds processors worked for each request.</param>
internal sealed record LoadedRound(WrkRun Run, double Processor);

/// <summary>A program under load.</summary>
/// <param name="Program">The program.</param>
/// <param name="Server">It, running.</param>
internal sealed record LoadedProgram(ServingProgram Program, StartedServer Server)
{
    public List<LoadedRound> Rounds { get; } = [];

    /// <summary>The most memory that it had in the last round, in bytes.</summary>
    public long Peak { get; set; }

    public Spread PerSecond => Spread.Of(Rounds, round => round.Run.PerSecond);

    public Spread Processor => Spread.Of(Rounds, round => round.Processor);
}

/// <summary>One kind of request, to all programs in turn: what else the machine does meets all of them.</summary>
/// <param name="Work">The kind.</param>
/// <param name="Programs">The programs.</param>
internal sealed record LoadedWork(ServingWork Work, IReadOnlyList<LoadedProgram> Programs)
{
    private const int Connections = 4;
    private const int WarmUps = 2;

    public static async Task<LoadedWork> RunAsync(
        ServingOptions options, ServingWork work, IEnumerable<ServingProgram> programs)
    {
        var loaded = new List<LoadedProgram>();
        try
        {
            foreach (var program in programs.Where(one => one.CanDo(work)))
            {
                loaded.Add(new(program, await program.StartAsync(options.Directory, work)));
            }

            for (var round = -WarmUps; round < options.Rounds; round++)
            {
                Console.Error.WriteLine($"{work.Title}: round {round + 1} of {options.Rounds}");
                foreach (var one in loaded)
                {
                    await RunAsync(one, work, options, isWarm: round >= 0);
                }
            }
        }
        finally
        {
            loaded.ForEach(one => one.Server.Dispose());
        }

        return new(work, loaded);
    }

    public LoadedProgram? Find(Contestant contestant, ServingForm form) =>
        Programs.FirstOrDefault(one => one.Program.Contestant == contestant && one.Program.Form == form);

    private static async Task RunAsync(LoadedProgram one, ServingWork work, ServingOptions options, bool isWarm)
    {
        var address = $"http://{one.Server.Host}/{work.Route}";
        var before = one.Server.ProcessorTime;
        WrkRun? run = null;
        one.Peak = await Taking.PeakAsync(one.Server.ProcessId, async () => run = await WrkRun.PostAsync(
            address, work.BodyFile(options.Directory), Connections, options.Seconds));
        if (isWarm)
        {
            one.Rounds.Add(new(run!, (one.Server.ProcessorTime - before).TotalMicroseconds / run!.Requests));
        }
    }
}
