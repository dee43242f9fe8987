namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>
/// The generated service against one that is written by hand for the same model, and against a server that does
/// nothing. Load and servers share the processors of one machine: where the load needs most of them, how long
/// processors work for a request says more than how many are answered. Needs Debian's <c>wrk</c>.
/// </summary>
internal static class ServingComparison
{
    private static readonly Contestant[] Contestants = [Contestant.Service, Contestant.Peer, Contestant.Ceiling];

    /// <param name="arguments">Those of <see cref="ServingOptions"/>.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var options = ServingOptions.Parse(arguments);
        Directory.CreateDirectory(options.Directory);
        var programs = await BuildAsync(options);
        foreach (var work in ServingWork.All)
        {
            await work.WriteBodyAsync(options.Directory);
        }

        await AnswerCheck.RunAsync(options.Directory, options.Works, programs);
        await MeasureLoadAsync(options, programs);
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
        var loaded = new List<LoadedWork>();
        foreach (var work in options.Works)
        {
            loaded.Add(await LoadedWork.RunAsync(options, work, programs));
        }

        if (loaded.Count > 0)
        {
            ServingTables.PrintRatios(loaded);
            ServingTables.PrintRounds(loaded);
        }

        return loaded;
    }
}
