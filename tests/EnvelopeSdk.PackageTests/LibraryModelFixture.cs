namespace EnvelopeSdk.PackageTests;

/// <summary>The service of the model in <c>Samples/Loans</c>, running.</summary>
public sealed class LibraryModelFixture(Products products) : IAsyncLifetime
{
    private RunningService? _service;

    public Products Products => products;

    internal RunningService Service => _service ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async Task InitializeAsync()
    {
        var project = await products.NewAsync("envelope-service", "LoanService", "--envelope", "loan");
        await products.RunAsync(project, "dotnet", "build");
        _service = await RunningService.StartAsync(products, project);
    }

    public Task DisposeAsync()
    {
        _service?.Dispose();
        return Task.CompletedTask;
    }
}
