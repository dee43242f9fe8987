using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.PackageTests;

/// <summary>From training to production, as two people do it with the installed command.</summary>
[Collection(ProductsCollection.Name)]
public sealed class DeploymentTests(Products products) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private InstalledRegistry? _registry;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_registry?.DisposeAsync() ?? default);

    [Fact]
    public async Task A_rule_deploys_what_is_trained_and_a_better_model_takes_its_place_and_is_rolled_back()
    {
        _registry = await InstalledRegistry.StartAsync(products, port: 0, []);
        await _registry.EnvelopeAsync("configuration", "set", "diamond-price", "--metric", "r2:higher:0.01");
        await _registry.EnvelopeAsync("rule", "set", "diamond-price", "newest", "--tag", "team=pricing");
        var project = await products.NewAsync("envelope-model", "DiamondPrice");

        var began = Stopwatch.StartNew();
        await products.RunAsync(project, "env", "ENVELOPE_HOME=" + _registry.Home, "dotnet", "run");
        var trained = began.Elapsed;
        var url = await AnswersAsync(project);
        var first = began.Elapsed - trained;

        await _registry.EnvelopeAsync("configuration", "set", "diamond-price-eu");
        await _registry.EnvelopeAsync("rule", "set", "diamond-price-eu", "newest", "--tag", "stage=production");
        began.Restart();
        await _registry.EnvelopeAsync("tag", "diamond-price", "stage=production");
        await AnswersAsync(project, "diamond-price-eu");
        var promoted = began.Elapsed;

        var program = Path.Combine(project, "Program.cs");
        await File.WriteAllTextAsync(
            program, (await File.ReadAllTextAsync(program)).Replace("NumberOfTrees = 400", "NumberOfTrees = 380"));
        var before = await AnswerAsync(url, project);
        await products.RunAsync(project, "env", "ENVELOPE_HOME=" + _registry.Home, "dotnet", "run");
        await AnswersAsync(project);
        Assert.NotEqual(before, await AnswerAsync(url, project));

        began.Restart();
        await _registry.EnvelopeAsync("rollback", "diamond-price");
        var back = began.Elapsed;
        Console.WriteLine($"From the save to the first answer {first.TotalSeconds:0.0} s, from a tag, of what was built before, "
            + $"{promoted.TotalSeconds:0.0} s; rolled back in {back.TotalSeconds:0.0} s.");

        Assert.Equal(before, await AnswerAsync(url, project));
        Assert.Contains("swagger-ui", await _registry.Callers.GetStringAsync(new Uri($"{url}/swagger/index.html")), StringComparison.Ordinal);
        var document = JsonDocument.Parse(await _registry.Callers.GetStringAsync(new Uri($"{url}/openapi/v1.json"))).RootElement;
        Assert.Equal(url, document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Contains("rolled-back", await _registry.EnvelopeAsync("deployment", "list", "diamond-price"), StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_service_is_built_and_run_as_another_user_with_packages_of_its_own()
    {
        _registry = await InstalledRegistry.StartAsync(products, port: 0, [], runAs: "nobody");
        var file = Path.Combine(_registry.Root, "diamond-price.envelope");
        await _registry.EnvelopeOfProductsAsync("export", "diamond-price", file);
        await _registry.EnvelopeAsync("import", file);

        await _registry.EnvelopeAsync("deploy", "diamond-price");

        using var body = new StringContent(products.HeldOut[0].Input.GetRawText(), Encoding.UTF8, "application/json");
        using var answer = await _registry.Callers.PostAsync(new Uri($"{_registry.Gateway}/diamond-price/predict"), body);
        Assert.Equal(
            products.HeldOut[0].Output.GetSingle(), float.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture));
        var services = Path.Combine(_registry.Root, "services");
        Assert.Equal("nobody", await products.RunAsync("/", "stat", "-c", "%U", Path.Combine(services, "homes", "builds")));
        Assert.True(Directory.Exists(Path.Combine(services, "homes", "builds", ".nuget", "packages", "envelopesdk.runtime")));
        var built = Directory.GetDirectories(Path.Combine(services, "builds"));
        Assert.Equal("root", await products.RunAsync("/", "stat", "-c", "%U", Path.Combine(Assert.Single(built), "Service.dll")));
    }

    /// <summary>Waits until what was trained last answers its own held-out row as the training program did.</summary>
    /// <returns>The address of the configuration.</returns>
    private async Task<string> AnswersAsync(string project, string configuration = "diamond-price")
    {
        var url = $"{_registry!.Gateway}/{configuration}";
        var expected = HeldOut(project).Output.GetSingle().ToString("R", CultureInfo.InvariantCulture);
        var answer = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && answer != expected; await Task.Delay(50))
        {
            answer = await AnswerAsync(url, project);
        }

        Assert.True(answer == expected, $"{answer}, not {expected}:\n{await _registry!.EnvelopeAsync("deployment", "list", configuration)}");
        return url;
    }

    private async Task<string> AnswerAsync(string url, string project)
    {
        try
        {
            using var body = new StringContent(HeldOut(project).Input.GetRawText(), Encoding.UTF8, "application/json");
            using var answer = await _registry!.Callers.PostAsync(new Uri($"{url}/predict"), body);
            return answer.StatusCode == HttpStatusCode.OK
                ? float.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture)
                    .ToString("R", CultureInfo.InvariantCulture)
                : $"{(int)answer.StatusCode}";
        }
        catch (HttpRequestException)
        {
            return "no gateway";
        }
    }

    private static PredictionExample HeldOut(string project) => JsonSerializer.Deserialize<PredictionExample>(
        File.ReadLines(Path.Combine(project, "holdout.jsonl")).ElementAt(100))!;
}
