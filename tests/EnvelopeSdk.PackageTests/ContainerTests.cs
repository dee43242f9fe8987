using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.PackageTests;

/// <summary>Services as containers, of images that the registry makes and has.</summary>
[Collection(ProductsCollection.Name)]
public sealed class ContainerTests(Products products, Containers containers) : IClassFixture<Containers>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private InstalledRegistry? _registry;
    private string _host = "";

    public async Task InitializeAsync()
    {
        if (new ContainerFactAttribute().Skip is null)
        {
            var port = Ports.Free();
            _host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
            _registry = await InstalledRegistry.StartAsync(
                products, port, [.. containers.Variables, $"DOTNET_CONTAINER_INSECURE_REGISTRIES={_host}"]);
        }
    }

    public async Task DisposeAsync()
    {
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
            await containers.PodmanAsync("rm", "--force", "--all", "--time", "0"); // what a test that failed has left
        }
    }

    [ContainerFact]
    public async Task A_service_runs_as_a_container_of_an_image_that_everybody_can_pull_from_the_registry()
    {
        await containers.LogInAsync(_host, HttpUtility.ParseQueryString(_registry!.SignIn.Query)["token"]!);
        await containers.PodmanAsync(["push", "--tls-verify=false", .. containers.Login, Containers.Base, $"{_host}/base/debian:12"]);
        var file = Path.Combine(_registry.Root, "diamond-price.envelope");
        await _registry.EnvelopeOfProductsAsync("export", "diamond-price", file);
        await _registry.EnvelopeAsync("import", file);
        await _registry.EnvelopeAsync(
            "configuration", "set", "diamond-price", "--runtime", "container", "--base-image", $"{_host}/base/debian:12",
            "--self-contained", "--memory", "400", "--env", "NOTE=two\nlines");

        await _registry.EnvelopeAsync("deploy", "diamond-price");

        await AnswersAsync($"{_registry.Gateway}/diamond-price");
        var id = Assert.Single(await RunningAsync());
        await IsConfinedAsync(id);

        await containers.PodmanAsync("kill", id); // and it is run again
        await AnswersAsync($"{_registry.Gateway}/diamond-price");
        Assert.NotEqual(id, Assert.Single(await RunningAsync()));

        await IsPulledAndRunAsync();
        await _registry.EnvelopeAsync("configuration", "remove", "diamond-price");
        await HoldsAsync(async () => (await RunningAsync()).Length == 0);
    }

    private async Task IsConfinedAsync(string container)
    {
        Assert.Equal("1654:1654", (await containers.PodmanAsync("inspect", "--format", "{{.Config.User}}", container)).Trim());
        Assert.Equal("true", (await containers.PodmanAsync("inspect", "--format", "{{.HostConfig.ReadonlyRootfs}}", container)).Trim());
        Assert.Equal("419430400", (await containers.PodmanAsync("inspect", "--format", "{{.HostConfig.Memory}}", container)).Trim());
        var variables = await containers.PodmanAsync("exec", container, "cat", "/proc/1/environ");
        Assert.Contains("NOTE=two\nlines", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("CONTAINERS_CONF", variables, StringComparison.Ordinal);
    }

    /// <summary>Another machine needs the registry alone.</summary>
    private async Task IsPulledAndRunAsync()
    {
        var saved = (await products.Store.ListAsync("diamond-price"))[0];
        var found = JsonDocument.Parse(await containers.PodmanAsync(
            ["search", "--tls-verify=false", .. containers.Login, "--list-tags", "--format", "json", $"{_host}/services/diamond-price"]));
        var image = $"{_host}/services/diamond-price:{found.RootElement[0].GetProperty("Tags")[0].GetString()}";
        await containers.PodmanAsync(["pull", "--tls-verify=false", .. containers.Login, image]);
        var labels = await containers.PodmanAsync("inspect", "--format", "{{json .Labels}}", image);
        Assert.Contains($"\"envelopesdk.dev/digest\":\"{saved.Digest}\"", labels, StringComparison.Ordinal);
        Assert.Contains("\"envelopesdk.dev/envelope\":\"diamond-price\"", labels, StringComparison.Ordinal);

        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");
        var id = (await containers.PodmanAsync("run", "--detach", "--network", "host", "--env", "ASPNETCORE_URLS=" + address, image)).Trim();
        await AnswersAsync(address);
        await containers.PodmanAsync("rm", "--force", id);
    }

    private async Task AnswersAsync(string url)
    {
        var expected = products.HeldOut[0].Output.GetSingle();
        await HoldsAsync(async () =>
        {
            try
            {
                using var body = new StringContent(products.HeldOut[0].Input.GetRawText(), Encoding.UTF8, "application/json");
                using var answer = await _registry!.Callers.PostAsync(new Uri($"{url}/predict"), body);
                return answer.StatusCode == HttpStatusCode.OK
                    && float.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture) == expected;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private async Task<string[]> RunningAsync() => (await containers.PodmanAsync("ps", "--quiet", "--filter", "name=envelope-"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        for (var begun = Stopwatch.StartNew(); !await condition(); await Task.Delay(200))
        {
            Assert.True(begun.Elapsed < Patience, "It did not come about.");
        }
    }
}
