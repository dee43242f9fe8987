namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What callers see of the programs at the same rate: what the hand-written one nearly bears.</summary>
internal static class OpenComparison
{
    private const double OfPeak = 0.7;
    private const int Connections = 4;
    private const int WarmUp = 6;

    /// <summary>Measures each program in turn.</summary>
    /// <param name="options">How often, and how long.</param>
    /// <param name="programs">The programs.</param>
    /// <param name="peak">How many requests a second the hand-written program answers.</param>
    public static async Task<IReadOnlyList<(ServingProgram Program, List<OpenLoad> Seen)>> RunAsync(
        ServingOptions options, IEnumerable<ServingProgram> programs, double peak)
    {
        var work = ServingWork.Rows;
        var all = new List<(ServingProgram Program, StartedServer Server, List<OpenLoad> Seen)>();
        try
        {
            foreach (var program in programs)
            {
                var server = await program.StartAsync(options.Directory, work);
                all.Add((program, server, []));
                await WrkRun.PostAsync(
                    $"http://{server.Host}/{work.Route}", work.BodyFile(options.Directory), Connections, WarmUp);
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                Console.Error.WriteLine($"latency: round {round + 1} of {options.Rounds}");
                foreach (var (_, server, seen) in all)
                {
                    seen.Add(await OpenLoad.RunAsync(
                        $"http://{server.Host}/{work.Route}", peak * OfPeak, options.Seconds,
                        work.BodyFile(options.Directory)));
                }
            }
        }
        finally
        {
            all.ForEach(one => one.Server.Dispose());
        }

        return [.. all.Select(one => (one.Program, one.Seen))];
    }
}
