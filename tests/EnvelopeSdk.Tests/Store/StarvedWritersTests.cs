using System.Security.Cryptography;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

/// <summary>Writers that are killed, or find no space.</summary>
public sealed class StarvedWritersTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_killed_writer_leaves_a_sound_store_and_the_next_save_removes_what_it_left_over()
    {
        var leftovers = 0;
        for (var round = 0; round < 10 || (leftovers == 0 && round < 100); round++) // until a kill has hit a save
        {
            using (var saver = Saver.Start(_store, first: round * 1_000, count: 1_000, size: 20_000))
            {
                await saver.WaitForFirstSaveAsync();
                await (round % 2 == 0 ? Task.Delay(RandomNumberGenerator.GetInt32(30)) : WaitForSaveUnderWayAsync());
                saver.Kill();
            }

            leftovers += Staged().Count();
            var survived = await _store.Store.ListAsync("house-price");
            Assert.NotEmpty(survived);
            await _store.OpenSoundAsync();

            var saved = await _store.SaveAsync(-1 - round);
            Assert.Empty(Staged());
            Assert.Equal([.. survived, saved], await _store.Store.ListAsync("house-price"));
        }

        foreach (var reference in await _store.Store.ListAsync("house-price"))
        {
            await (await _store.Store.OpenAsync(reference.Name, reference.Digest)).VerifyAsync();
        }

        Assert.True(leftovers > 0, "No writer was killed while it was writing.");
    }

    [Fact]
    public async Task A_writer_that_finds_no_space_says_so_and_leaves_the_store_as_it_was()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the limit on the size of files that stands in for a full disk is one of Unix
        }

        var saved = await _store.SaveAsync();
        var before = Files();

        using var saver = Saver.StartWithFileLimit(_store, kibibytes: 1_024, size: 1_000_000);
        var (exitCode, errors) = await saver.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.StartsWith(
            $"Unavailable: The envelope could not be saved in '{_store.Store.Address}'", errors,
            StringComparison.Ordinal);
        Assert.Contains("Nothing was saved. Free space", errors, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Equal([saved], await _store.Store.ListAsync("house-price"));
        await _store.OpenSoundAsync();
    }

    [Fact]
    public async Task A_store_whose_path_is_taken_by_a_file_is_unavailable()
    {
        await File.WriteAllTextAsync(_store.Store.Address, "in the way");

        await Failure.OfAsync(EnvelopeError.Unavailable, () => _store.SaveAsync(), _store.Store.Address, "ENVELOPE_HOME");
    }

    /// <summary>A kill at random may hit none where most of the time goes into what comes before a save.</summary>
    private async Task WaitForSaveUnderWayAsync()
    {
        for (var tries = 0; tries < 500 && !Staged().Any(); tries++)
        {
            await Task.Delay(1);
        }
    }

    private IEnumerable<string> Staged() => Directory.EnumerateFileSystemEntries(_store.In("staging"));

    private List<string> Files() => [.. Directory.EnumerateFiles(_store.Store.Address, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
