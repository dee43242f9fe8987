namespace EnvelopeSdk.Service.Tests;

[Collection(nameof(Doubler))]
public sealed class LoadingTests
{
    [Fact]
    public async Task While_the_model_is_loaded_the_service_is_alive_and_not_ready()
    {
        await using var service = await StartWithClosedGateAsync();
        try
        {
            Assert.Equal(200, await service.StatusAsync("health/live"));
            Assert.Equal(503, await service.StatusAsync("health/ready"));
            var (status, _, body) = await service.PostAsync("""{"value":21}""");
            Assert.Equal(503, status);
            Assert.Contains(":not-ready", body, StringComparison.Ordinal);
            Assert.Empty(service.Warnings.Messages);
        }
        finally
        {
            Doubler.Gate.Set();
        }

        while (await service.StatusAsync("health/ready") != 200)
        {
            await Task.Delay(5);
        }

        Assert.Equal(200, (await service.PostAsync("""{"value":21}""")).Status);
    }

    [Fact]
    public async Task A_model_whose_state_is_damaged_stops_the_service_with_an_exit_code()
    {
        var before = Environment.ExitCode;
        try
        {
            await using var service = await DoublerService.StartAsync(
                waitUntilReady: false, directory => File.WriteAllText(Path.Combine(directory, "state", "factor", "value.json"), "3"));

            await service.WaitForShutdownAsync().WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Equal(1, Environment.ExitCode);
            var line = Assert.Single(service.Warnings.Messages);
            Assert.Contains("cannot be loaded; the service stops.", line, StringComparison.Ordinal);
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }

    [Fact]
    public async Task A_service_without_an_envelope_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => DoublerService.StartAsync(damage: directory => Directory.Delete(directory, recursive: true)));

        Assert.Equal(EnvelopeError.NotFound, failure.Error);
    }

    private static async Task<DoublerService> StartWithClosedGateAsync()
    {
        // The model that is saved passes the gate; the one that is loaded finds it closed.
        return await DoublerService.StartAsync(waitUntilReady: false, _ => Doubler.Gate.Reset());
    }
}
