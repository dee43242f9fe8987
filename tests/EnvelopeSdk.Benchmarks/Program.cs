using BenchmarkDotNet.Running;
using EnvelopeSdk.Benchmarks;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- store FILE.envelope DIRECTORY 10 1000 10000
if (args is ["store", ..])
{
    await StoreGrowth.RunAsync(args[1..]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ReadBatch).Assembly).Run(args);
