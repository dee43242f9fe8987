using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Tests.Deploying;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What is told of batches to those who watch.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class AnnouncedRunTests
{
    [Fact]
    public async Task A_table_that_is_there_and_a_run_that_failed_are_told_with_envelope_run_and_reason()
    {
        await using var store = await BatchedStore.StartAsync();
        var envelope = await store.AddAsync(1);
        await store.SaveAsync(store.Settings);
        var good = await store.RunAsync();
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(failures: 9) });
        var bad = await store.RunAsync();

        var told = await ReadAsync(store, count: 2);

        Assert.Equal([RegistryEventKind.BatchSucceeded, RegistryEventKind.BatchFailed], told.Select(one => one.Kind));
        Assert.Equal([good.Id, bad.Id], told.Select(one => one.Step!.Value));
        Assert.All(told, one => Assert.Equal(
            ("nightly", "golden-linear", envelope.Digest.ToString()), (one.Name, one.Subject, one.Digest)));
        Assert.Null(told[0].Value);
        Assert.Equal(bad.Reason, told[1].Value!.Value.GetString());
        Assert.Equal(bad.RequestedBy, told[1].Who);
    }

    [Fact]
    public async Task A_run_that_found_no_envelope_is_told_without_one()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Envelope = "nobody-saved-this" });
        var run = await store.RunAsync();
        Assert.Equal(BatchRunState.Failed, run.State);

        var told = Assert.Single(await ReadAsync(store, count: 1));

        Assert.Equal(
            (RegistryEventKind.BatchFailed, "nightly", null, null), (told.Kind, told.Name, told.Subject, told.Digest));
        Assert.Contains("nobody-saved-this", told.Value!.Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_is_tried_again_and_a_run_that_was_cancelled_are_told_to_nobody()
    {
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(milliseconds: 60_000) });
        var cancelled = await store.AskAsync();
        await store.RunsAsync(cancelled.Id);
        using (await store.PostAsync(cancelled.Id, "cancel"))
        {
            Assert.Equal(BatchRunState.Cancelled, (await store.EndAsync(cancelled.Id)).State);
        }

        await store.SaveAsync(store.Settings with { Retries = 1, Environment = BatchedStore.Does(failures: 1) });
        var again = await store.RunAsync();
        Assert.Equal((BatchRunState.Succeeded, 2), (again.State, again.Attempt));

        var told = Assert.Single(await ReadAsync(store, count: 1));

        Assert.Equal((RegistryEventKind.BatchSucceeded, again.Id), (told.Kind, told.Step));
    }

    [Fact]
    public async Task A_webhook_of_failed_batches_is_posted_to()
    {
        var url = $"http://127.0.0.1:{Ports.Free()}/hook/";
        using var receiver = new HttpListener();
        receiver.Prefixes.Add(url);
        receiver.Start();
        await using var store = await BatchedStore.StartAsync();
        await store.AddAsync(1);
        string[] kinds = [RegistryEventKind.BatchFailed];
        using (var added = await store.Client.PostAsJsonAsync("/api/webhooks", new { url, kinds, names = "night*" }))
        {
            Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        }

        await store.SaveAsync(store.Settings);
        await store.RunAsync();
        await store.SaveAsync(store.Settings with { Environment = BatchedStore.Does(failures: 9) });
        var bad = await store.RunAsync();

        var message = await receiver.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var told = await JsonSerializer.DeserializeAsync<RegistryEvent>(
            message.Request.InputStream, JsonSerializerOptions.Web);
        message.Response.Close();

        Assert.Equal((RegistryEventKind.BatchFailed, "nightly", bad.Id), (told!.Kind, told.Name, told.Step));
    }

    private static async Task<IReadOnlyList<RegistryEvent>> ReadAsync(BatchedStore store, int count)
    {
        var told = new List<RegistryEvent>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var registry = EnvelopeRegistry.Open(
            store.Deployed.Served.Address, OtherStore.Options, store.Deployed.Served.Store);
        await foreach (var one in registry.WatchAsync(name: "nightly", after: 0, cancellationToken: patience.Token))
        {
            told.Add(one);
            if (told.Count == count)
            {
                break;
            }
        }

        return told;
    }
}
