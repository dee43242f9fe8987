using System.Globalization;
using BenchmarkDotNet.Running;
using EnvelopeSdk.Benchmarks;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- --filter '*'
// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- store FILE.envelope DIRECTORY 10 1000 10000
// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- state DIRECTORY 2048
if (args is ["state", var directory, var megabytes])
{
    await LargeState.RunAsync(directory, int.Parse(megabytes, CultureInfo.InvariantCulture));
    return;
}

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- push DIRECTORY 1024
if (args is ["push", var place, var size])
{
    await PushedState.RunAsync(place, int.Parse(size, CultureInfo.InvariantCulture), DockerRegistry.Kind);
    return;
}

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- registry-push DIRECTORY 1024 ["Host=..." [s3]]
if (args is ["registry-push", var near, var length, ..])
{
    await PushedState.RunAsync(
        near, int.Parse(length, CultureInfo.InvariantCulture),
        args.Length > 3
            ? [OwnRegistry.OfTeam(args[3], isS3: args[^1] == "s3")]
            : [OwnRegistry.OfDirectory, DockerRegistry.Kind]);
    return;
}

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- pages DIRECTORY 3 300 100000
if (args is ["pages", ..])
{
    await RegistryPages.RunAsync(args[1..]);
    return;
}

// What some of them start: a registry in a process of its own.
if (args is ["serve", ..])
{
    await OwnRegistry.ServeAsync(args[1..]);
    return;
}

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- file DIRECTORY 20
if (args is ["file", var home, var gigabytes])
{
    await LargeFile.RunAsync(home, int.Parse(gigabytes, CultureInfo.InvariantCulture));
    return;
}

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- catalog DIRECTORY 1000000 ["Host=...;Database=..."]
if (args is ["catalog", var folder, var envelopes, ..])
{
    await CatalogQueries.RunAsync(
        folder, int.Parse(envelopes, CultureInfo.InvariantCulture), args.Length > 3 ? args[3] : null);
    return;
}

if (args is ["store", ..])
{
    await StoreGrowth.RunAsync(args[1..]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ReadBatch).Assembly).Run(args);
