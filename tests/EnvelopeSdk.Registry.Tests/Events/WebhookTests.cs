using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Events.Webhooks;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Events;

/// <summary>A webhook with a real receiver.</summary>
public sealed class WebhookTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Tagged = ["tagged"];

    private readonly ConcurrentQueue<(string Id, string Time, string Signature, byte[] Body)> _came = [];
    private readonly Queue<int> _answers = [];
    private readonly HttpListener _receiver = new();
    private readonly string _url = $"http://127.0.0.1:{Ports.Free()}/hook/";
    private ServedStore _served = null!;
    private EnvelopeReference _linear = null!;

    public async Task InitializeAsync()
    {
        _receiver.Prefixes.Add(_url);
        _receiver.Start();
        _ = Task.Run(ReceiveAsync);
        _served = await ServedStore.StartAsync(ServedStore.Linear, ServedStore.Stacked);
        _linear = (await _served.Store.OpenAsync(ServedStore.Linear)).Reference;
    }

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
    }

    public void Dispose() => _receiver.Close();

    [Fact]
    public async Task A_message_is_signed_so_that_the_receiver_knows_who_sent_it_and_that_it_was_not_changed()
    {
        var made = await AddAsync(new { url = _url, kinds = Tagged });
        await _served.Store.RecordMetricAsync(_linear, "r2", 1);
        await _served.Store.TagAsync(_linear, OtherStore.Tag("team", "pricing"));

        var (id, time, signature, body) = await NextAsync();
        var key = Convert.FromBase64String(made.Secret["whsec_".Length..]);
        byte[] whole = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        var expected = HMACSHA256.HashData(key, whole);
        Assert.Equal("v1," + Convert.ToBase64String(expected), signature);
        var happened = JsonSerializer.Deserialize<RegistryEvent>(body, JsonSerializerOptions.Web)!;
        Assert.Equal(("tagged", "team", "pricing", $"evt_{happened.Id}"), (happened.Kind, happened.Subject, happened.Value!.Value.GetString(), id));
        Assert.InRange(long.Parse(time, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
    }

    [Fact]
    public async Task A_message_that_is_not_taken_comes_again_before_the_next_one_and_the_list_says_why()
    {
        lock (_answers)
        {
            _answers.Enqueue(500);
            _answers.Enqueue(302);
        }

        await AddAsync(new { url = _url });
        await _served.Store.TagAsync(_linear, OtherStore.Tag("n", "1"));
        var first = await NextAsync();
        await Distribution.Eventually.HoldsAsync(
            async () => (await ListAsync()).Single() is { Failures: > 0, Trouble: "It answered 500." });
        await _served.Store.TagAsync(_linear, OtherStore.Tag("n", "2"));

        var second = await NextAsync();
        var third = await NextAsync();
        Assert.Equal((first.Id, first.Id), (second.Id, third.Id));
        Assert.Equal(first.Body, third.Body); // nobody was followed elsewhere
        Assert.Contains("\"value\":\"2\"", Encoding.UTF8.GetString((await NextAsync()).Body), StringComparison.Ordinal);
        await Distribution.Eventually.HoldsAsync(
            async () => (await ListAsync()).Single() is { Failures: 0, Trouble: null });
    }

    [Fact]
    public async Task What_happened_while_the_registry_did_not_run_is_told_when_it_does()
    {
        await AddAsync(new { url = _url, names = "golden-l*" });
        await _served.StopAsync();
        await _served.Store.TagAsync((await _served.Store.OpenAsync(ServedStore.Stacked)).Reference, OtherStore.Tag("n", "1"));
        await _served.Store.TagAsync(_linear, OtherStore.Tag("n", "2"));
        await _served.StartAsync();

        Assert.Contains(ServedStore.Linear, Encoding.UTF8.GetString((await NextAsync()).Body), StringComparison.Ordinal);
        Assert.Empty(_came);
    }

    [Theory]
    [InlineData("""{"url":"ftp://host/"}""")]
    [InlineData("""{"url":"https://me:secret@host/"}""")]
    [InlineData("""{"url":"nowhere"}""")]
    [InlineData("""{"url":"https://host/","kinds":["born"]}""")]
    [InlineData("""{"url":"https://host/","kinds":[]}""")]
    [InlineData("""{"url":"https://host/","names":"NO NAME"}""")]
    [InlineData("{}")]
    public async Task A_webhook_that_cannot_be_is_refused(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _served.Client.PostAsync("/api/webhooks", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_removed_webhook_is_told_no_more_and_the_audit_has_no_secret()
    {
        var made = await AddAsync(new { url = _url });
        Assert.DoesNotContain(made.Secret, await _served.Client.GetStringAsync("/api/webhooks"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await _served.Client.DeleteAsync($"/api/webhooks/{made.Webhook.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.Client.DeleteAsync($"/api/webhooks/{made.Webhook.Id}")).StatusCode);
        var audit = await _served.Client.GetStringAsync("/api/audit");
        Assert.Contains("add-webhook", audit, StringComparison.Ordinal);
        Assert.Contains("remove-webhook", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(10, 512)]
    [InlineData(13, 3600)]
    [InlineData(long.MaxValue, 3600)]
    public void Whoever_does_not_take_messages_is_asked_less_and_less_often(long failures, double seconds) =>
        Assert.Equal(seconds, WebhookService.WaitAfter(failures).TotalSeconds);

    private async Task<MadeWebhook> AddAsync(object wanted)
    {
        using var answer = await _served.Client.PostAsJsonAsync("/api/webhooks", wanted);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<MadeWebhook>())!;
    }

    private async Task<IReadOnlyList<Webhook>> ListAsync() =>
        (await _served.Client.GetFromJsonAsync<IReadOnlyList<Webhook>>("/api/webhooks"))!;

    private async Task<(string Id, string Time, string Signature, byte[] Body)> NextAsync()
    {
        (string, string, string, byte[]) next = default;
        await Distribution.Eventually.HoldsAsync(() => _came.TryDequeue(out next));
        return next;
    }

    private async Task ReceiveAsync()
    {
        while (_receiver.IsListening)
        {
            try
            {
                var context = await _receiver.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                string Header(string name) => context.Request.Headers[name] ?? "";
                _came.Enqueue((Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body.ToArray()));
                lock (_answers)
                {
                    context.Response.StatusCode = _answers.Count > 0 ? _answers.Dequeue() : 204;
                }

                context.Response.RedirectLocation = context.Response.StatusCode == 302 ? _url : null;
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
