using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Access.Keys;
using EnvelopeSdk.Registry.Records;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>When a key holds, and which one is meant, on a clock that is set.</summary>
public sealed class KeyStoreTests : IAsyncLifetime, IDisposable
{
    private static readonly Caller Ada = new("ada", "test");

    private readonly TempDirectory _directory = new();
    private readonly SetClock _clock = new();
    private RecordsDatabase _database = null!;
    private KeyStore _keys = null!;

    public async Task InitializeAsync()
    {
        _database = RecordsDatabase.Open(null, _directory.FullPath);
        await _database.PrepareAsync(default);
        _keys = new(_database, new(_database, _clock), _clock);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_ends_at_the_moment_that_was_said_and_no_longer_counts_as_an_administrator_then()
    {
        var made = await AddAsync("k", Role.Administer, CraftedStore.Noon.AddHours(1));
        _clock.Now = CraftedStore.Noon.AddHours(1).AddTicks(-1);
        Assert.NotNull(await _keys.FindAsync(made.Text, default));
        Assert.True(await _keys.HasAdministratorAsync(default));

        _clock.Now = CraftedStore.Noon.AddHours(1);
        Assert.Null(await _keys.FindAsync(made.Text, default));
        Assert.Null(await _keys.FindByIdAsync(made.Key.Id, default));
        Assert.False(await _keys.HasAdministratorAsync(default));
    }

    [Fact]
    public async Task An_id_means_its_key_though_another_has_it_for_a_name()
    {
        var meant = await AddAsync("first", Role.Read);
        _clock.Now = CraftedStore.Noon.AddDays(1);
        var other = await AddAsync(meant.Key.Id, Role.Read);

        Assert.Equal(meant.Key.Id, (await _keys.RevokeAsync(Ada, meant.Key.Id, default)).Id);

        Assert.Null(await _keys.FindAsync(meant.Text, default));
        Assert.NotNull(await _keys.FindAsync(other.Text, default));
    }

    [Fact]
    public async Task A_key_lets_in_though_nobody_can_write_that_it_was_used()
    {
        var made = await AddAsync("k", Role.Read);
        await _database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(
                    "create trigger full before update on access_key begin select raise(abort, 'disk full'); end",
                    default);
                return true;
            },
            default);

        Assert.Equal("k", (await _keys.FindAsync(made.Text, default))?.Name);
    }

    private Task<MadeKey> AddAsync(string name, string role, DateTimeOffset? expires = null) =>
        _keys.AddAsync(Ada, new(name, [role], null, expires), default);
}
