namespace EnvelopeSdk.PackageTests;

/// <summary>The service of the trained model, built from the template and running.</summary>
public sealed class ServiceFixture(Products products) : IAsyncLifetime
{
    private RunningService? _service;

    public Products Products => products;

    internal RunningService Service => _service ?? throw new InvalidOperationException("The fixture is not initialized.");

    internal string Project { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Project = await products.NewAsync("envelope-service", "DiamondService", "--envelope", "diamond-price");
        await products.RunAsync(Project, "dotnet", "build");
        _service = await RunningService.StartAsync(products, Project);
    }

    public Task DisposeAsync()
    {
        _service?.Dispose();
        return Task.CompletedTask;
    }
}
