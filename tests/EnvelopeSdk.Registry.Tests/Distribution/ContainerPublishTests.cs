using System.Diagnostics;
using System.Text;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>The container client of the .NET SDK, which knows a login from Docker's own file.</summary>
public sealed class ContainerPublishTests : IAsyncLifetime
{
    private ServedStore _served = null!;
    private string _host = "";

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        _host = new Uri(_served.Address).Authority;
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task An_image_is_published_with_a_login_that_may_save_and_with_no_other()
    {
        await PushBaseAsync();
        Directory.CreateDirectory(_served.At("app"));
        await File.WriteAllTextAsync(_served.At("app/Program.cs"), "System.Console.WriteLine(1);");
        await File.WriteAllTextAsync(
            _served.At("app/app.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
              <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost>
            </PropertyGroup></Project>
            """);

        Assert.NotEqual("", await PublishAsync(await _served.AddKeyAsync("reader", "read")));
        Assert.NotEqual("", await PublishAsync(null));
        Assert.Equal("", await PublishAsync(await _served.AddKeyAsync("saver", "save")));

        var tags = await _served.Client.GetStringAsync("/v2/models/heart/tags/list");
        Assert.Equal("""{"name":"models/heart","tags":["v1"]}""", tags);
    }

    /// <summary>An image with nothing in it, which nobody runs.</summary>
    private async Task PushBaseAsync()
    {
        var repository = new TestRepository(_served, "base/empty");
        var config = Encoding.UTF8.GetBytes("""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""");
        await repository.PushBlobAsync(Encoding.UTF8.GetString(config));
        await repository.PushAsync("v1", change: manifest =>
        {
            manifest["config"] = TestRepository.Descriptor("application/vnd.oci.image.config.v1+json", config);
            manifest["layers"]!.AsArray().Clear();
        });
    }

    /// <returns>What it complained of; nothing when it worked.</returns>
    private async Task<string> PublishAsync(string? key)
    {
        Directory.CreateDirectory(_served.At("docker"));
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{key}"));
        await File.WriteAllTextAsync(
            _served.At("docker/config.json"),
            key is null ? "{}" : $$"""{"auths":{"{{_host}}":{"auth":"{{login}}"} } }""");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "publish", _served.At("app"), "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-nologo", "-v", "q",
                "-nodeReuse:false", "-t:PublishContainer", $"-p:ContainerBaseImage={_host}/base/empty:v1",
                $"-p:ContainerRegistry={_host}", "-p:ContainerRepository=models/heart", "-p:ContainerImageTag=v1",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOCKER_CONFIG"] = _served.At("docker"),
                ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = _host,
            },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : output;
    }
}
