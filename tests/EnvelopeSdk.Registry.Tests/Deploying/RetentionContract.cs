using EnvelopeSdk.Deployments;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Access;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>What is forgotten of deployments, whatever database they lie in, on a clock that is set.</summary>
public abstract class RetentionContract : IAsyncLifetime, IDisposable
{
    private const string Here = "here";
    private const string Prices = "prices";

    private static readonly Caller Ada = new("ada", "test");

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private RecordsDatabase _database = null!;
    private ConfigurationStore _configurations = null!;
    private DeploymentStore _deployments = null!;
    private EndedDeployments _ended = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(await CreateDatabaseAsync(), _directory.FullPath);
        await _database.PrepareAsync(default);
        _configurations = new(_database, new(_database, _clock), _clock);
        _deployments = new(_database, _clock);
        _ended = new(_database);
        await ConfigureAsync(Prices, Here);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [DatabaseFact]
    public async Task What_ended_before_the_time_is_forgotten_with_its_steps_and_where_a_rollback_leads_is_not()
    {
        var all = new List<long>();
        for (var number = 1; number <= 5; number++)
        {
            all.Add(await GoLiveAsync(number));
            _clock.Now += TimeSpan.FromDays(10);
        }

        Assert.Equal(3, await ForgetAsync(days: 0)); // the first three: the fourth is where a rollback leads
        Assert.Equal(0, await ForgetAsync(days: 0));

        Assert.Equal([all[4], all[3]], await IdsAsync());
        Assert.Null((await _deployments.FindAsync(all[3], default))!.Shown.Previous);
        Assert.Empty(await _deployments.StepsAsync(all[2], default));
        Assert.NotEmpty(await _deployments.StepsAsync(all[3], default));
        Assert.Equal(_clock.Now - TimeSpan.FromDays(20), await _ended.KnownFromAsync(Prices, default));
    }

    [DatabaseFact]
    public async Task What_ran_at_a_time_is_known_for_as_long_as_is_said()
    {
        for (var number = 1; number <= 5; number++)
        {
            await GoLiveAsync(number);
            _clock.Now += TimeSpan.FromDays(10);
        }

        Assert.Null(await _ended.KnownFromAsync(Prices, default));
        Assert.Equal(2, await ForgetAsync(days: 25)); // which ended 40 and 30 days ago

        var from = await _ended.KnownFromAsync(Prices, default);
        Assert.Equal(_clock.Now - TimeSpan.FromDays(30), from);
        Assert.NotNull(await _deployments.AtAsync(Prices, from!.Value, default));
        Assert.Null(await _deployments.AtAsync(Prices, from.Value - TimeSpan.FromTicks(1), default));
    }

    [DatabaseFact]
    public async Task That_nobody_wanted_an_envelope_is_known_for_ever_and_what_its_processes_wrote_is_not()
    {
        var (first, again) = (await FailAsync(1), await FailAsync(1));
        await GoLiveAsync(2);
        _clock.Now += TimeSpan.FromDays(10);

        Assert.Equal(2, await ForgetAsync(days: 5));
        Assert.Equal(0, await ForgetAsync(days: 5));

        Assert.Null(await _deployments.FindAsync(first, default));
        Assert.Equal(again, (await _deployments.UnwantedAsync(Prices, Envelope(1), default))!.Id);
        Assert.Null(await _deployments.LogAsync(again, default));
        Assert.Empty(await _deployments.StepsAsync(again, default));
    }

    [DatabaseFact]
    public async Task What_failed_a_short_time_ago_keeps_what_its_processes_wrote()
    {
        var failed = await FailAsync(1);
        await GoLiveAsync(2);
        _clock.Now += TimeSpan.FromDays(10);

        Assert.Equal(0, await ForgetAsync(days: 11));

        Assert.Equal("It wrote this.", await _deployments.LogAsync(failed, default));
    }

    [DatabaseFact]
    public async Task Of_a_configuration_that_was_removed_nothing_is_left_in_the_end_but_no_id_comes_again()
    {
        await GoLiveAsync(1);
        await FailAsync(2);
        var last = await GoLiveAsync(3);
        await _configurations.RemoveAsync(Ada, Prices, default);
        Assert.Contains(
            await _deployments.StepsAsync(last, default),
            one => one is { State: DeploymentState.Retired, Who: "ada", Note: "The configuration was removed." });
        _clock.Now += TimeSpan.FromDays(10);

        Assert.Equal(2, await ForgetAsync(days: 5));

        Assert.Equal([last], await IdsAsync());
        await ConfigureAsync("other", Here);
        Assert.Equal(last + 1, await GoLiveAsync(4, "other"));
        Assert.Equal(1, await ForgetAsync(days: 5));
        Assert.Empty(await IdsAsync());
    }

    [DatabaseFact]
    public async Task What_runs_elsewhere_is_forgotten_there()
    {
        await ConfigureAsync("other", "there");
        await GoLiveAsync(1, "other");
        await GoLiveAsync(2, "other");
        await GoLiveAsync(3, "other");
        _clock.Now += TimeSpan.FromDays(10);

        Assert.Equal(0, await ForgetAsync(days: 0));
        Assert.Equal(1, await _ended.ForgetAsync("there", _clock.Now, default));
    }

    [DatabaseFact]
    public async Task What_has_a_process_still_is_not_forgotten()
    {
        var first = await GoLiveAsync(1);
        await GoLiveAsync(2);
        await GoLiveAsync(3);
        _clock.Now += TimeSpan.FromDays(10);
        await WriteAsync(
            "insert into instance (id, deployment, place, runtime, address, started, ready, ends, next_start) "
            + "values ('i', @0, 'here', 'process', 'http://127.0.0.1:1', 0, 0, 0, 0)", first);

        Assert.Equal(0, await ForgetAsync(days: 0));
        await WriteAsync("delete from instance where deployment = @0", first);
        Assert.Equal(1, await ForgetAsync(days: 0));
    }

    /// <returns>How to connect; null: files.</returns>
    private protected abstract Task<string?> CreateDatabaseAsync();

    private static EnvelopeReference Envelope(int number) => new(
        "model", Digest.TryParse($"sha256:{number:x64}", out var digest) ? digest : default);

    private async Task ConfigureAsync(string name, string place)
    {
        await _configurations.SaveAsync(Ada, name, new(), default);
        await _configurations.TakeAsync(place, default);
    }

    private async Task<DeploymentRow> AddAsync(int number, string configuration)
    {
        var id = await _deployments.AddAsync(
            new(new(configuration, 1, new(), default, "ada"), Envelope(number), "1.0.0", "ada"),
            (await _deployments.CurrentAsync(configuration, default)).FirstOrDefault(one => one.IsLive), default);
        return (await _deployments.FindAsync(id!.Value, default))!;
    }

    private async Task<long> GoLiveAsync(int number, string configuration = Prices)
    {
        var one = await AddAsync(number, configuration);
        Assert.True(await _deployments.GoLiveAsync(one, default));
        return one.Id;
    }

    private async Task<long> FailAsync(int number)
    {
        var one = await AddAsync(number, Prices);
        Assert.True(await _deployments.FailAsync(one, "It ended.\nIt wrote this.", default));
        return one.Id;
    }

    private Task<int> ForgetAsync(int days) => _ended.ForgetAsync(Here, _clock.Now - TimeSpan.FromDays(days), default);

    private async Task<IEnumerable<long>> IdsAsync() =>
        (await _deployments.ListAsync(Prices, null, 100, default)).Select(one => one.Id);

    private Task WriteAsync(string sql, long id) => _database.WriteAsync(
        async statements =>
        {
            await statements.RunAsync(sql, default, id);
            return true;
        },
        default);
}

/// <summary>In a file.</summary>
public sealed class RetentionTests : RetentionContract
{
    private protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

/// <summary>In PostgreSQL.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresRetentionTests(PostgresServer server) : RetentionContract
{
    private protected override async Task<string?> CreateDatabaseAsync() => await server.CreateDatabaseAsync();
}
