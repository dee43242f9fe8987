using System.Globalization;
using EnvelopeSdk.Benchmarks.Batch;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks.Batch -- DIRECTORY 5000000
switch (args)
{
    case [var directory, var rows]:
        await Comparison.RunAsync(directory, long.Parse(rows, CultureInfo.InvariantCulture));
        break;

    // One way, in a process of its own.
    case [var way, var directory, var input, var output]:
        await Ways.All[way](directory, input, output);
        Console.WriteLine(Cost.OfThisProcess());
        break;
    default:
        Console.Error.WriteLine("DIRECTORY ROWS: with room for some files of as many rows, of which none is lost.");
        break;
}
