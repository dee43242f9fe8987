namespace EnvelopeSdk.PackageTests;

/// <summary>The model in <c>Samples/Flats</c>, whose queries take and answer tables: trained, and its service running.</summary>
public sealed class TableModelFixture(Products products) : IAsyncLifetime
{
    private RunningService? _service;

    public Products Products => products;

    /// <summary>What the training program predicted.</summary>
    public IReadOnlyList<PredictionExample> Predicted { get; private set; } = [];

    internal RunningService Service => _service ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async Task InitializeAsync()
    {
        var training = Path.Combine(CopiedAssets.Copy(products, "Flats"), "Flats.Train");
        await products.RunAsync(training, "dotnet", "run");
        Predicted = HeldOutRows.Read(Path.Combine(training, "answers.jsonl"));

        var project = await products.NewAsync("envelope-service", "FlatService", "--envelope", "flat-rent");
        await products.RunAsync(project, "dotnet", "build");
        _service = await RunningService.StartAsync(products, project);
    }

    public Task DisposeAsync()
    {
        _service?.Dispose();
        return Task.CompletedTask;
    }
}
