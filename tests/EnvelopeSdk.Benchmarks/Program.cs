using BenchmarkDotNet.Running;
using EnvelopeSdk.Benchmarks;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(ReadBatch).Assembly).Run(args);
