using EnvelopeSdk.Gateway.Routing;
using EnvelopeSdk.Registry.Deploying.Traffic;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What is known of the last hour, whatever database it lies in, on a clock that is set.</summary>
public abstract class TrafficContract : IAsyncLifetime, IDisposable
{
    private const long One = 7;

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private DateTimeOffset _started = CraftedStore.Noon.AddDays(-3);
    private RecordsDatabase _database = null!;
    private TrafficLog _log = null!;
    private TrafficRecorder _recorder = null!;
    private long _requests;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(await CreateDatabaseAsync(), _directory.FullPath);
        await _database.PrepareAsync(default);
        _log = new(_database, _clock);
        StartRegistry();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task Requests_are_counted_for_an_hour_and_no_longer()
    {
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 30, requests: 5);
        await PassAsync(minutes: 20, requests: 2);
        await HasAsync(7, minutes: 50);

        await PassAsync(minutes: 39, requests: 0);
        await HasAsync(7, minutes: 89);
        await PassAsync(minutes: 1, requests: 0);
        await HasAsync(2, minutes: 60);
    }

    [DatabaseFact]
    public async Task What_a_gateway_counted_before_the_registry_knew_it_is_not_of_the_hour()
    {
        _requests = 1_000;
        await PassAsync(minutes: 0, requests: 0);
        await HasAsync(0, minutes: 0);
        await PassAsync(minutes: 1, requests: 3);
        await HasAsync(3, minutes: 1);
    }

    [DatabaseFact]
    public async Task A_gateway_that_is_started_anew_in_the_hour_takes_nothing_away()
    {
        _requests = 1_000;
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 1, requests: 5);
        await PassAsync(minutes: 0.2, requests: 3); // too soon to be kept, and the last of it
        StartGateway();
        await PassAsync(minutes: 0.2, requests: 2);

        await HasAsync(10, minutes: 1.4);
        await PassAsync(minutes: 58, requests: 4);
        await HasAsync(14, minutes: 59.4);
    }

    [DatabaseFact]
    public async Task Of_a_gateway_that_is_started_anew_and_gets_more_requests_than_that_before_it_all_are_counted()
    {
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 1, requests: 5);
        StartGateway();
        await PassAsync(minutes: 1, requests: 9);

        await HasAsync(14, minutes: 2);
    }

    [DatabaseFact]
    public async Task A_registry_that_is_started_anew_knows_what_was_counted_before_and_meanwhile()
    {
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 1, requests: 5);
        await PassAsync(minutes: 0.2, requests: 3);
        StartRegistry();
        await PassAsync(minutes: 10, requests: 2);

        await HasAsync(10, minutes: 11.2);
    }

    [DatabaseFact]
    public async Task A_registry_that_was_away_for_longer_says_since_when_it_counts()
    {
        await PassAsync(minutes: 0, requests: 0);
        StartRegistry();
        await PassAsync(minutes: 180, requests: 9);
        await PassAsync(minutes: 1, requests: 1);
        await HasAsync(10, minutes: 181);

        await PassAsync(minutes: 60, requests: 1);
        await HasAsync(1, minutes: 60);
    }

    [DatabaseFact]
    public async Task Others_know_what_one_registry_kept()
    {
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 1, requests: 5);

        Assert.Equal(5, (await _log.LastHourAsync(One, null, default))!.Counts.Requests);
        Assert.Null(await _log.LastHourAsync(8, null, default));
    }

    [DatabaseFact]
    public async Task Latency_is_that_of_the_hour_alone()
    {
        await PassAsync(minutes: 0, requests: 0);
        await PassAsync(minutes: 1, requests: 4);

        var shown = (await HourAsync())!.Shown;
        Assert.Equal(
            (4, 0, 2.5, 2.95), (shown.Requests, shown.Failed, shown.MedianMilliseconds, shown.P95Milliseconds));
    }

    [DatabaseFact]
    public async Task Samples_are_kept_once_a_minute_for_an_hour_and_of_what_runs_no_more_for_a_day()
    {
        for (var tick = 0; tick <= 400; tick++)
        {
            await PassAsync(minutes: 0.5, requests: 1);
        }

        Assert.Equal(61, await KeptAsync());
        await _recorder.RunAsync(StatusOf("8"), default);
        Assert.Equal(62, await KeptAsync());
        _clock.Now += TimeSpan.FromHours(25);
        await _recorder.RunAsync(StatusOf("8"), default);
        Assert.Equal(1, await KeptAsync());
    }

    /// <returns>How to connect; null: files.</returns>
    private protected abstract Task<string?> CreateDatabaseAsync();

    private void StartRegistry() => _recorder = new(_log, _clock);

    private void StartGateway() => (_started, _requests) = (_clock.Now, 0);

    /// <summary>Lets time pass, in which requests come.</summary>
    private async Task PassAsync(double minutes, int requests)
    {
        _clock.Now += TimeSpan.FromMinutes(minutes);
        _requests += requests;
        await _recorder.RunAsync(StatusOf("7"), default);
    }

    private GatewayStatus StatusOf(string version)
    {
        long[] latency = [0, 0, 0, _requests, .. new long[VersionCounts.LatencyBounds.Count - 3]];
        return new(_started, 1, [new("prices", version, new(_requests, 0, 0, 0, 0, latency))], [], []);
    }

    private Task<CountedTraffic?> HourAsync() => _log.LastHourAsync(One, StatusOf("7"), default);

    private async Task HasAsync(long requests, double minutes)
    {
        var hour = (await HourAsync())!;
        Assert.Equal((requests, minutes), (hour.Counts.Requests, (_clock.Now - hour.From).TotalMinutes));
    }

    private async Task<long> KeptAsync() =>
        (await _database.ReadAsync("select count(*) from traffic_sample", row => row.GetInt64(0), default))[0];
}

/// <summary>In a file.</summary>
public sealed class TrafficTests : TrafficContract
{
    private protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

/// <summary>In PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresTrafficTests(PostgresServer server) : TrafficContract
{
    private protected override async Task<string?> CreateDatabaseAsync() => await server.CreateDatabaseAsync();
}
