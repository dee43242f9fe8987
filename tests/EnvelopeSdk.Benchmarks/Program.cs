using System.Globalization;
using BenchmarkDotNet.Running;
using EnvelopeSdk.Benchmarks;
using EnvelopeSdk.Benchmarks.Serving;

// dotnet run -c Release --project tests/EnvelopeSdk.Benchmarks -- --filter '*'
// Behind the "--" each of the lines below, as in its comment. DIRECTORY: with room, nothing there is lost.
switch (args)
{
    case ["store", ..]: // store FILE.envelope DIRECTORY 10 1000 10000
        await StoreGrowth.RunAsync(args[1..]);
        break;
    case ["state", var directory, var megabytes]: // state DIRECTORY 2048
        await LargeState.RunAsync(directory, Number(megabytes));
        break;
    case ["file", var directory, var gigabytes]: // file DIRECTORY 20
        await LargeFile.RunAsync(directory, Number(gigabytes));
        break;
    case ["push", var directory, var megabytes]: // push DIRECTORY 1024
        await PushedState.RunAsync(directory, Number(megabytes), DockerRegistry.Kind);
        break;
    case ["registry-push", var directory, var megabytes]: // registry-push DIRECTORY 1024
        await PushedState.RunAsync(directory, Number(megabytes), OwnRegistry.OfDirectory, DockerRegistry.Kind);
        break;
    case ["registry-push", var directory, var megabytes, var server, ..]: // registry-push DIRECTORY 1024 "Host=..." [s3]
        await PushedState.RunAsync(directory, Number(megabytes), OwnRegistry.OfTeam(server, isS3: args[^1] == "s3"));
        break;
    case ["pages", ..]: // pages DIRECTORY 3 300 100000
        await RegistryPages.RunAsync(args[1..]);
        break;
    case ["catalog", var directory, var envelopes]: // catalog DIRECTORY 1000000
        await CatalogQueries.RunAsync(directory, Number(envelopes), null);
        break;
    case ["catalog", var directory, var envelopes, var database]: // catalog DIRECTORY 1000000 "Host=...;Database=..."
        await CatalogQueries.RunAsync(directory, Number(envelopes), database);
        break;
    case ["gateway", var seconds]: // gateway 5
        await GatewayCost.RunAsync(Number(seconds));
        break;
    case ["serving", ..]: // serving DIRECTORY 5 3 --only row,rows,jit
        await ServingComparison.RunAsync(args[1..]);
        break;

    // What some of them start, each in a process of its own.
    case ["serve", ..]:
        await OwnRegistry.ServeAsync(args[1..]);
        break;
    case ["answer"]:
        await Forwarders.AnswerAsync();
        break;
    case ["serving-load", var address, var rate, var seconds, var body]:
        await OpenLoad.SendAsync(
            address, double.Parse(rate, CultureInfo.InvariantCulture), Number(seconds), body);
        break;
    case ["forward", var directory, var service]:
        await Forwarders.ForwardAsync(directory, service);
        break;
    case ["forward-yarp", var service]:
        await Forwarders.ForwardByYarpAsync(service);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ReadBatch).Assembly).Run(args);
        break;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
