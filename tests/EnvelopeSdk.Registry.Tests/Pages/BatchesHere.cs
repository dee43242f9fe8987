using System.Net.Http.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Batches.Records;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>A registry whose engine stands still: runs are where a test has brought them.</summary>
internal sealed class BatchesHere : IAsyncDisposable
{
    public const string Nightly = "nightly";
    public const string Page = "/batches/nightly";

    public static readonly BatchSettings Settings = new()
    {
        Envelope = ServedStore.Linear,
        Input = "/data/orders/*.parquet",
        Output = "/data/prices-{date}.parquet",
    };

    private readonly RecordsDatabase _records;
    private readonly BatchStore _batches;
    private readonly RunStore _runs;

    private BatchesHere(DeployingStore deploying, RecordsDatabase records)
    {
        var audit = new AuditLog(records, TimeProvider.System);
        (Deploying, _records) = (deploying, records);
        (_batches, _runs) = (new(records, audit, TimeProvider.System), new(records, audit, TimeProvider.System));
    }

    public DeployingStore Deploying { get; }

    public string Address => Deploying.Address;

    public static async Task<BatchesHere> StartAsync()
    {
        var deploying = await DeployingStore.StartAsync(null, ServedStore.Linear);
        return new(deploying, await RecordsDatabase.OpenPreparedAsync(deploying.Served.Options, default));
    }

    public async Task SaveAsync(string name, BatchSettings settings)
    {
        using var answer = await Deploying.Served.Client.PutAsJsonAsync($"/api/batches/{name}", settings);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<BatchVersion> BatchAsync(string name) => _batches.GetAsync(name, default);

    public async Task<BatchRun?> LastAsync(string name) =>
        await _runs.ListAsync(name, null, 1, default) is [var one] ? one.Shown : null;

    /// <summary>Asks for a run and brings it to a state, as the engine would.</summary>
    public async Task<BatchRun> RunAsync(string name, string state, Func<BatchRun, BatchRun>? change = null)
    {
        var run = await _runs.RequestAsync(new("ann", "test"), await _batches.GetAsync(name, default), default);
        return state == BatchRunState.Waiting ? run : await MoveAsync(run, state, change);
    }

    public async Task<BatchRun> MoveAsync(
        BatchRun run, string state, Func<BatchRun, BatchRun>? change = null, DateTimeOffset? nextAttempt = null)
    {
        var to = run with
        {
            State = state,
            Name = ServedStore.Linear,
            Digest = await Deploying.Served.DigestAsync(ServedStore.Linear),
            Attempt = 1,
            Output = "/data/prices.parquet",
            Started = run.Requested,
        };
        to = change?.Invoke(to) ?? to;
        Assert.True(await _runs.MoveAsync(run, to, nextAttempt, default));
        return to;
    }

    /// <summary>Lets a batch have run on some days, each time with more rows.</summary>
    public async Task SucceedAsync(string name, int days, long? bad = null)
    {
        for (var day = 1; day <= days; day++)
        {
            var start = DateTimeOffset.UtcNow.Date.ToUniversalTime().AddDays(day - days).AddHours(3);
            await RunAsync(name, BatchRunState.Succeeded, run => run with
            {
                Started = start,
                Ended = start.AddSeconds(100 + (day % 3 * 17)),
                Rows = 1_200_000 + (day * 10_000),
                Bad = bad ?? day % 2,
                Quarantine = day % 2 == 0 ? null : "/data/bad.csv",
            });
        }
    }

    /// <summary>Sends a form of the list, of somebody who may deploy.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var deployer = await Deploying.SignInAsync(Role.Deploy, null, $"{Guid.NewGuid()}");
        return await Deploying.PostAsync(deployer, "/batches", path, fields);
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        await Deploying.DisposeAsync();
    }
}
