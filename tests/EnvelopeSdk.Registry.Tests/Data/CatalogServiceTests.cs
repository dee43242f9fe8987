using System.Collections.Concurrent;
using System.Diagnostics;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Tests.Data;

/// <summary>The index as a server has it, in real time.</summary>
public sealed class CatalogServiceTests : IAsyncLifetime, IDisposable
{
    private readonly CraftedStore _crafted = new();
    private readonly Said _said = new();
    private ServiceProvider _services = null!;

    private ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public async Task InitializeAsync()
    {
        await _crafted.AddAsync(happened: CraftedStore.Saved());
        var services = new ServiceCollection();
        services.AddLogging(log => log.AddProvider(_said));
        services.AddCatalog(new() { Store = _crafted.Store.Address, Database = $"Data Source={_crafted.At("index.db")}" });
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<IHostedService>().StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _services.GetRequiredService<IHostedService>().StopAsync(default);
        await _services.DisposeAsync();
    }

    public void Dispose()
    {
        _crafted.Dispose();
        _said.Dispose();
    }

    [Fact]
    public async Task A_small_store_is_whole_from_the_first_request_on_and_a_change_shows_within_two_seconds()
    {
        Assert.Single(await Catalog.FindAsync(new(), null, 9, default));
        var begun = Stopwatch.StartNew();
        var two = await _crafted.AddAsync(happened: CraftedStore.Saved(CraftedStore.Noon.AddDays(1)));
        await ShowsAsync(found => found is [var first, _] && first.Reference == two);
        await _crafted.Store.TagAsync(two, new Dictionary<string, string?> { ["team"] = "pricing" });
        await ShowsAsync(found => found[0].Tags.GetValueOrDefault("team") == "pricing");
        await _crafted.Store.DeleteAsync(two);
        await ShowsAsync(found => found.Count == 1);
        Assert.InRange(begun.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Empty(_said.Lines);
    }

    [Fact]
    public async Task A_store_that_vanishes_is_said_once_and_that_it_is_back_too()
    {
        Directory.Move(_crafted.Store.Address, _crafted.At("aside"));
        await UntilAsync(() => !_said.Lines.IsEmpty);
        await Task.Delay(1600); // three more attempts
        Assert.Single(_said.Lines);
        Assert.Contains($"'{_crafted.Store.Address}' is gone", _said.Lines.First(), StringComparison.Ordinal);
        Assert.Single(await Catalog.FindAsync(new(), null, 9, default));

        Directory.Move(_crafted.At("aside"), _crafted.Store.Address);
        await UntilAsync(() => _said.Lines.Count > 1);
        Assert.Contains("again", _said.Lines.Last(), StringComparison.Ordinal);
    }

    private Task ShowsAsync(Func<IReadOnlyList<CatalogEntry>, bool> isShown) =>
        UntilAsync(() => isShown(Catalog.FindAsync(new(), null, 9, default).GetAwaiter().GetResult()));

    private static async Task UntilAsync(Func<bool> isSo)
    {
        var begun = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(begun.Elapsed < TimeSpan.FromSeconds(2), "It took more than two seconds.");
            await Task.Delay(20);
        }
    }

    private sealed class Said : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
