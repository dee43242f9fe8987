using System.Runtime.InteropServices;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.State;

/// <summary>A codec hands over a file that is on this machine, and nobody reads it into memory.</summary>
public sealed class FileStateTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_file_is_saved_as_it_is_and_may_be_changed_afterwards()
    {
        var path = await WriteAsync("index.bin", 1, 2, 3);
        await Envelope.SaveAsync(new FileBacked(new(path)), store: _store.Store);
        await File.WriteAllBytesAsync(path, [9, 9, 9]);

        var loaded = await Envelope.LoadAsync<FileBacked>("file-backed", _store.Store);
        Assert.Equal(2, loaded.At(1));
        Assert.NotEqual(path, loaded.Path);
        await _store.OpenSoundAsync("file-backed");
    }

    [Fact]
    public async Task A_file_that_may_only_be_read_is_saved_and_unpacked_again_and_again()
    {
        var path = await WriteAsync("index.bin", 1, 2, 3);
        File.SetAttributes(path, FileAttributes.ReadOnly);
        await Envelope.SaveAsync(new FileBacked(new(path)), store: _store.Store);

        var content = await _store.OpenSoundAsync("file-backed");
        await content.UnpackAsync(_store.At("unpacked"));
        await content.UnpackAsync(_store.At("unpacked"));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_store.At("unpacked/state/index/index.bin")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_and_nothing_is_saved()
    {
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => Envelope.SaveAsync(new FileBacked(new(_store.At("none.bin"))), store: _store.Store));

        Assert.Contains("none.bin", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _store.Store.ListNamesAsync());
    }

    [Fact]
    public async Task What_is_unpacked_is_as_new_as_the_unpacking()
    {
        var path = await WriteAsync("index.bin", 1, 2, 3);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Envelope.SaveAsync(new FileBacked(new(path)), store: _store.Store);
        await (await _store.OpenSoundAsync("file-backed")).UnpackAsync(_store.At("unpacked"));

        Assert.True(File.GetLastWriteTimeUtc(_store.At("unpacked/state/index/index.bin")) > DateTime.UtcNow.AddHours(-1)); // a build copies what is newer
    }

    [Fact]
    public async Task Unpacking_breaks_a_hard_link_instead_of_writing_through_it()
    {
        await Envelope.SaveAsync(new FileBacked(new(await WriteAsync("index.bin", 1, 2, 3))), store: _store.Store);
        var target = _store.At("unpacked/state/index/index.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var other = await WriteAsync("other.bin", 7);
        Assert.Equal(0, Link(other, target));
        await (await _store.OpenSoundAsync("file-backed")).UnpackAsync(_store.At("unpacked"));

        Assert.Equal([7], await File.ReadAllBytesAsync(other));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(target));
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link(string from, string to);

    private async Task<string> WriteAsync(string name, params byte[] bytes)
    {
        await File.WriteAllBytesAsync(_store.At(name), bytes);
        return _store.At(name);
    }
}
