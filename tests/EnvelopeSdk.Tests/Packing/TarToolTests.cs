using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>Files that other tools wrote: the same envelope comes out of each.</summary>
public sealed class TarToolTests : IAsyncLifetime, IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _target = new();
    private EnvelopeReference _saved = null!;
    private string _exported = "";

    public static TheoryData<string, string> Shapes
    {
        get
        {
            var shapes = new TheoryData<string, string>();
            foreach (var format in new[] { "gnu", "oldgnu", "pax", "posix", "ustar", "v7" })
            {
                foreach (var what in new[] { ".", "./", "oci-layout index.json blobs journal.jsonl", "journal.jsonl ./blobs ./index.json oci-layout" })
                {
                    shapes.Add(format, what);
                }
            }

            return shapes;
        }
    }

    public async Task InitializeAsync()
    {
        _saved = await _store.SaveAsync(info: new EnvelopeInfo { Tags = { ["team"] = "pricing" } });
        _exported = _store.At("exported.envelope");
        await EnvelopeArchive.ExportAsync(await _store.OpenSoundAsync(), await _store.Store.ReadJournalAsync(_saved), _exported);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
    }

    [ProgramsTheory("tar")]
    [MemberData(nameof(Shapes))]
    public async Task A_tar_of_each_format_with_and_without_folders_is_read(string format, string what) =>
        await IsSameAsync(await TarAsync(["--format=" + format], what.Split(' ')));

    [ProgramsTheory("tar")]
    [InlineData("--sort=none"), InlineData("--sort=name"), InlineData("--sort=inode"), InlineData("--blocking-factor=1"), InlineData("--blocking-factor=200")]
    [InlineData("--numeric-owner"), InlineData("--mtime=2001-02-03"), InlineData("--mode=a-w"), InlineData("--no-recursion")]
    public async Task A_tar_of_any_order_or_attributes_is_read(string option) => await IsSameAsync(await TarAsync(
        [option], option == "--no-recursion" ? [.. await FilesAsync()] : ["."]));

    [ProgramsFact("tar")]
    public async Task A_tar_with_times_and_attributes_in_extended_headers_is_read() => await IsSameAsync(await TarAsync(
        ["--format=pax", "--pax-option=comment=by hand,user.note:=a", "--xattrs"], ["."]));

    [ProgramsFact("tar")]
    public async Task A_tar_that_was_added_to_is_read()
    {
        var path = await TarAsync(["--format=gnu"], ["oci-layout", "index.json"]);
        await Programs.RunAsync("tar", "-rf", path, "-C", Unpacked, "blobs", "journal.jsonl");
        await IsSameAsync(path);
    }

    [ProgramsFact("tar")]
    public async Task A_tar_whose_links_were_not_followed_is_refused()
    {
        await UnpackAsync();
        Directory.Move(Path.Combine(Unpacked, "blobs"), _target.At("blobs"));
        Directory.CreateSymbolicLink(Path.Combine(Unpacked, "blobs"), _target.At("blobs"));
        var path = _target.At("links.envelope");
        await Programs.RunAsync("tar", "-cf", path, "-C", Unpacked, ".");
        await Failure.OfAsync(EnvelopeError.Damaged, () => EnvelopeArchive.OpenAsync(path), path, "a symbolic link");

        await Programs.RunAsync("tar", "-chf", path, "-C", Unpacked, ".");
        await IsSameAsync(path);
    }

    [ProgramsFact("tar")]
    public async Task A_tar_that_is_compressed_is_refused() => await Failure.OfAsync(
        EnvelopeError.Damaged, async () => await EnvelopeArchive.OpenAsync(await TarAsync(["--gzip"], ["."])), "not a tar file");

    [ProgramsTheory("bsdtar")]
    [InlineData("ustar"), InlineData("pax"), InlineData("gnutar"), InlineData("v7")]
    public async Task A_tar_of_bsdtar_is_read(string format)
    {
        await UnpackAsync();
        var path = _target.At("bsd.envelope");
        await Programs.RunAsync("bsdtar", "-cf", path, "--format", format, "-C", Unpacked, ".");
        await IsSameAsync(path);
    }

    [ProgramsTheory("python3")]
    [InlineData("0"), InlineData("1"), InlineData("2")]
    public async Task A_tar_of_Python_is_read(string format)
    {
        await UnpackAsync();
        var path = _target.At("python.envelope");
        await Programs.RunAsync(
            "python3", "-c", "import sys,tarfile\nwith tarfile.open(sys.argv[1],'w',format=int(sys.argv[3])) as t: t.add(sys.argv[2],'.')", path, Unpacked, format);
        await IsSameAsync(path);
    }

    private string Unpacked => _target.At("unpacked");

    private async Task<IEnumerable<string>> FilesAsync()
    {
        await UnpackAsync();
        return Directory.EnumerateFiles(Unpacked, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Unpacked, file)).OrderDescending(StringComparer.Ordinal);
    }

    private async Task UnpackAsync()
    {
        Directory.CreateDirectory(Unpacked);
        await Programs.RunAsync("tar", "-xf", _exported, "-C", Unpacked);
    }

    private async Task<string> TarAsync(string[] options, string[] what)
    {
        await UnpackAsync();
        var path = _target.At("other.envelope");
        await Programs.RunAsync("tar", ["-cf", path, .. options, "-C", Unpacked, .. what]);
        return path;
    }

    private async Task IsSameAsync(string path)
    {
        Assert.Equal(_saved, await EnvelopeArchive.ImportAsync(path, _target.Store));
        await _target.OpenSoundAsync();
        foreach (var blob in (await _store.OpenSoundAsync()).Blobs.Select(blob => blob.Digest).Append(_saved.Digest))
        {
            Assert.Equal(await File.ReadAllBytesAsync(_store.Blob(blob)), await File.ReadAllBytesAsync(_target.Blob(blob)));
        }

        Assert.Equal("pricing", (await _target.Store.ReadJournalAsync(_saved)).Labels.Tags["team"]);
    }
}
