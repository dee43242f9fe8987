using System.Globalization;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// What a gateway costs: requests to a service that does nearly nothing, without anything between and through each that
/// can stand there, in turn. Load, gateway and service share the processors of one machine, so beside what callers see
/// counts how long processors work for a request. Needs Debian's <c>wrk</c> and <c>nginx</c>.
/// </summary>
internal static class GatewayCost
{
    private const int Rounds = 5;
    private const int Connections = 16;
    private const int WarmUp = 2;

    private static readonly Forwarder[] Between = [Forwarders.Gateway, Forwarders.Yarp, Forwarders.Nginx];

    /// <param name="seconds">How long each run takes.</param>
    public static async Task RunAsync(int seconds)
    {
        var directory = Directory.CreateTempSubdirectory("gateway-").FullName;
        using var service = await StartedServer.StartSelfAsync(["answer"]);
        var ways = new List<Way> { new("nothing between", service) };
        try
        {
            foreach (var (kind, i) in Between.Select((kind, i) => (kind, i)))
            {
                var own = Path.Combine(directory, i.ToString(CultureInfo.InvariantCulture));
                ways.Add(new(kind.Name, await kind.StartAsync(own, $"http://{service.Host}")));
            }

            foreach (var bytes in (int[])[120, 256 << 10])
            {
                var body = Path.Combine(directory, $"{bytes}.json");
                await File.WriteAllTextAsync(body, $"\"{new string('a', bytes - 2)}\"");
                await MeasureAsync(ways, service, body, seconds);
                Print(bytes, ways);
            }
        }
        finally
        {
            ways[1..].ForEach(way => way.Server.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task MeasureAsync(List<Way> ways, StartedServer service, string body, int seconds)
    {
        ways.ForEach(way => way.Seen.Clear());
        foreach (var way in ways)
        {
            await way.PostAsync(body, WarmUp);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var way in ways)
            {
                var (before, beforeService) = (way.Server.ProcessorTime, service.ProcessorTime);
                var run = await way.PostAsync(body, seconds);
                way.Seen.Add(new(
                    run, (service.ProcessorTime - beforeService) / run.Requests,
                    way.Server == service ? default : (way.Server.ProcessorTime - before) / run.Requests));
            }
        }
    }

    private static void Print(int bytes, List<Way> ways)
    {
        Console.WriteLine($"{bytes} bytes up, {Connections} connections, medians of {Rounds} in turn");
        Console.WriteLine("                          requests/s  p50 us   p99 us   CPU us: between  service");
        foreach (var way in ways)
        {
            double Of(Func<Seen, double> what) => Taking.Median(way.Seen.Select(what));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {way.Name,-22} {Of(one => one.Run.PerSecond),10:0} {Of(one => one.Run.Median),8:0} "
                + $"{Of(one => one.Run.Slow),8:0} {Of(one => one.Between.TotalMicroseconds),16:0.0} "
                + $"{Of(one => one.Service.TotalMicroseconds),8:0.0}"));
        }

        foreach (var other in ways[2..])
        {
            var ratios = ways[1].Seen.Zip(other.Seen, (ours, theirs) => ours.Run.PerSecond / theirs.Run.PerSecond);
            var ratio = Taking.Median(ratios).ToString("0.00", CultureInfo.InvariantCulture);
            Console.WriteLine($"  {ways[1].Name} / {other.Name}: {ratio} of its requests/s");
        }
    }

    /// <summary>What one run saw, and how long processors worked for a request.</summary>
    private sealed record Seen(WrkRun Run, TimeSpan Service, TimeSpan Between);

    private sealed record Way(string Name, StartedServer Server)
    {
        public List<Seen> Seen { get; } = [];

        public Task<WrkRun> PostAsync(string body, int seconds) =>
            WrkRun.PostAsync($"http://{Server.Host}/{Forwarders.Route}/predict", body, Connections, seconds);
    }
}
