using System.Globalization;
using EnvelopeSdk.Benchmarks.Batch;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks.Batch -- DIRECTORY 5000000
switch (args)
{
    case [var directory, var rows]:
        await Comparison.RunAsync(
            directory, await Stones.MakeAsync(directory, Number(rows)), PublishedJob.Job.Name, Ways.Plain,
            PublishedJob.Job, PublishedJob.Native, ScikitLearn.Guest);
        break;
    case [var directory, var rows, "mlnet"]: // DIRECTORY 5000000 mlnet
        var table = await Stones.MakeAsync(directory, Number(rows));
        await TreeWays.MakeAsync(directory, table);
        await Comparison.RunAsync(directory, table, Ways.TreesJob, Ways.Trees, PublishedJob.Trees);
        break;

    case [var directory, var rows, "worker"]: // DIRECTORY 5000000 worker
        await WorkerComparison.RunAsync(directory, Number(rows));
        break;
    case ["arrow-loop"]: // the standard output is the stream
        await ArrowLoop.RunAsync();
        Console.Error.WriteLine(OwnCost.Text());
        break;

    // One way, in a process of its own.
    case [var way, var directory, var input, var output]:
        await (way == Ways.TreesJob ? TreeWays.JobAsync : Ways.Plain.GetValueOrDefault(way) ?? Ways.Trees[way])(
            directory, input, output);
        Console.WriteLine(OwnCost.Text());
        break;
    default:
        Console.Error.WriteLine("DIRECTORY ROWS [mlnet | worker]: with room for some files of as many rows; none is lost.");
        break;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
