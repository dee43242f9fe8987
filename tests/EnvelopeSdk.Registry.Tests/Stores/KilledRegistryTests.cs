using System.Globalization;
using EnvelopeSdk.Registry.Data;
using EnvelopeSdk.Registry.Tests.Data;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>
/// Several registries over one database that are killed (kill -9) wherever they are, while clients change envelopes
/// through them. How many are killed, the environment variable says.
/// </summary>
[Collection(PostgresServer.Collection)]
public sealed class KilledRegistryTests(PostgresServer server) : IDisposable
{
    private const int Instances = 3;
    private const int Clients = 3;

    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private readonly TempDirectory _directory = new();
    private readonly List<RegistryProcess> _registries = [];
    private int _started;

    public void Dispose()
    {
        _registries.ForEach(one => one.Dispose());
        _directory.Dispose();
    }

    [DatabaseFact]
    public async Task What_was_done_before_a_kill_holds_and_what_was_under_way_is_done_or_not()
    {
        await using var place = await SharedPlace.MakeAsync(server);
        var source = EnvelopeStore.Open(_directory.At("source"));
        var envelopes = new List<EnvelopeReference>();
        for (var i = 0; i < 4 * Clients; i++)
        {
            envelopes.Add(await KeptEnvelopes.AddAsync(source, i, [CraftedStore.Saved()]));
        }

        var random = new Random();
        List<KilledClient> clients =
        [
            .. Enumerable.Range(0, Clients).Select(number => new KilledClient(
                source, [.. envelopes.Where((_, i) => i % Clients == number)], new Random(random.Next()))),
        ];
        _registries.AddRange(await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => StartAsync(place))));
        for (var round = 0; round < Kills; round++)
        {
            await RunAsync(clients, random);
            await Task.WhenAll(clients.Select(one => one.CheckAsync(place.Store)));
            await IsSoundAsync(place);
            await ReplaceKilledAsync(place);
        }

        Assert.True(clients.Sum(one => one.Interrupted) > 0, "No registry was killed while it did something.");
        Assert.All(clients, one => Assert.True(one.Done > 0, "A client did nothing."));
        Console.WriteLine(
            $"{Kills} registries killed: {clients.Sum(one => one.Done)} changes done, "
            + $"{clients.Sum(one => one.Interrupted)} interrupted.");
    }

    /// <summary>Lets the clients work, and kills a registry meanwhile.</summary>
    private async Task RunAsync(List<KilledClient> clients, Random random)
    {
        var done = clients.Sum(one => one.Done);
        var isStopped = false;
        var working = Task.WhenAll(clients.Select(one => one.RunAsync(_registries, () => isStopped)));
        while (clients.Sum(one => one.Done) == done && !working.IsCompleted)
        {
            await Task.Delay(5); // however slow the machine is, something was done
        }

        await Task.Delay(random.Next(400));
        await _registries[random.Next(Instances)].KillAsync();
        await Task.Delay(random.Next(100));
        isStopped = true;
        await working;
    }

    private static async Task IsSoundAsync(SharedPlace place)
    {
        var listed = await OtherStore.NewestAsync(place.Store);
        Assert.Equal(listed.Distinct(), listed);
        await CatalogSaysTheSameAsync(place);
        await place.Store.CollectAsync(TimeSpan.Zero, default);

        foreach (var one in listed)
        {
            await OtherStore.OpenSoundAsync(place.Store, one);
            Assert.NotNull((await place.Store.ReadJournalAsync(one)).Saved);
        }

        Assert.Equal(listed, await OtherStore.NewestAsync(place.Store));
        Assert.Equal(await NeededAsync(place), place.Lying());
    }

    /// <summary>The registries that live write what the dead one had no time to.</summary>
    private static async Task CatalogSaysTheSameAsync(SharedPlace place)
    {
        var expected = await new StoreCatalog(place.Store).FindAsync(new(), null, 100, default);
        for (var attempt = 0; ; attempt++)
        {
            var found = await new IndexedCatalog(place.Postgres).FindAsync(new(), null, 100, default);
            if (found.Select(Shown).SequenceEqual(expected.Select(Shown)))
            {
                return;
            }

            Assert.True(attempt < 200, "The catalog does not say what the store says.");
            await Task.Delay(25);
        }
    }

    private static string Shown(CatalogEntry one) =>
        $"{one.Reference} {one.Saved:O} {string.Join(';', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}";

    /// <summary>The content that something refers to, which is all that may lie there.</summary>
    private static async Task<IReadOnlyList<string>> NeededAsync(SharedPlace place) => await place.Database.ReadAsync(
        """
        select blob from stored_content union select blob from repository_content union select blob from upload_piece
        order by blob
        """,
        row => row.GetString(0), default);

    private async Task ReplaceKilledAsync(SharedPlace place)
    {
        for (var i = 0; i < Instances; i++)
        {
            if (_registries[i].IsKilled)
            {
                _registries[i].Dispose();
                _registries[i] = await StartAsync(place);
            }
        }
    }

    private Task<RegistryProcess> StartAsync(SharedPlace place) => RegistryProcess.StartAsync(
        place.Connection, place.Blobs, _directory.At($"user-{Interlocked.Increment(ref _started)}"));
}
