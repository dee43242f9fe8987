using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EnvelopeSdk.PackageTests;

/// <summary>A batch of an installed registry, which builds the job of the trained model and runs it.</summary>
[Collection(ProductsCollection.Name)]
public sealed class RegistryBatchTests(Products products)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task A_batch_answers_a_table_as_the_training_program_did_and_writes_into_a_file_or_a_database()
    {
        await using var registry = await InstalledRegistry.StartAsync(products, port: 0, []);
        var file = Path.Combine(registry.Root, "diamond-price.envelope");
        await registry.EnvelopeOfProductsAsync("export", "diamond-price", file);
        await registry.EnvelopeAsync("import", file);
        using var api = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new($"{registry.Home}/api/batches/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", await registry.KeyAsync("administer")) },
        };
        var rows = products.HeldOut.Take(500).ToList();
        var input = Path.Combine(registry.Root, "in.csv");
        await WriteAsync(rows, input);
        var output = Path.Combine(registry.Root, "prices.jsonl");

        var first = await RunAsync(api, new { envelope = "diamond-price", input, output, cron = "0 3 * * *", timeZone = "Europe/Berlin" });
        var second = await RunAsync(api, new { envelope = "diamond-price", input, output = Path.Combine(registry.Root, "prices.sqlite") + "#prices", answer = "again", append = true });

        Assert.Equal((500, 0), (first.GetProperty("rows").GetInt32(), first.GetProperty("bad").GetInt32()));
        Assert.StartsWith("sha256:", first.GetProperty("digest").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            rows.Select(row => BitConverter.SingleToInt32Bits(row.Output.GetSingle())),
            File.ReadLines(output).Select(line => BitConverter.SingleToInt32Bits(
                JsonElement.Parse(line).GetProperty("prediction").GetSingle())));
        Assert.Equal(500, second.GetProperty("rows").GetInt32());
        Assert.True(File.Exists(Path.Combine(registry.Root, "prices.sqlite")));
        var told = await registry.EnvelopeAsync(
            "watch", "nightly", "--kind", "batch-succeeded", "--after", "0", "--count", "1");
        Assert.Contains(
            $"  batch-succeeded  nightly run {first.GetProperty("id")} of diamond-price@{first.GetProperty("digest").GetString()}",
            told, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RunAsync(HttpClient api, object settings)
    {
        using (var saved = await api.PutAsJsonAsync(new Uri("nightly", UriKind.Relative), settings))
        {
            Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        }

        using var asked = await api.PostAsync(new Uri("nightly/runs", UriKind.Relative), null);
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        var id = JsonElement.Parse(await asked.Content.ReadAsStringAsync()).GetProperty("id").GetInt64();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(200))
        {
            var run = JsonElement.Parse(await api.GetStringAsync(new Uri($"nightly/runs/{id}", UriKind.Relative)));
            if (run.GetProperty("ended").ValueKind != JsonValueKind.Null)
            {
                Assert.True(
                    run.GetProperty("state").GetString() == "succeeded",
                    run + await api.GetStringAsync(new Uri($"nightly/runs/{id}/log", UriKind.Relative)));
                return run;
            }
        }

        throw new TimeoutException("The run did not end.");
    }

    private static Task WriteAsync(IReadOnlyList<PredictionExample> rows, string path)
    {
        var names = rows[0].Input.EnumerateObject().Select(one => one.Name).ToList();
        return File.WriteAllLinesAsync(path,
        [
            string.Join(',', names),
            .. rows.Select(row => string.Join(',', names.Select(name => row.Input.GetProperty(name).ToString()))),
        ]);
    }
}
