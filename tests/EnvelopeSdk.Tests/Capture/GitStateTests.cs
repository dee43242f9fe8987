using System.Diagnostics;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

public sealed class GitStateTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Outside_a_repository_there_is_no_state() =>
        Assert.Null(await GitCapture.CaptureAsync(_directory.FullPath, default));

    [Fact]
    public async Task Before_the_first_commit_there_is_no_state()
    {
        await GitAsync("init");

        Assert.Null(await GitCapture.CaptureAsync(_directory.FullPath, default));
    }

    [Fact]
    public async Task The_commit_is_recorded_from_any_directory_below_and_changed_and_new_files_make_it_dirty()
    {
        await GitAsync("init");
        await File.WriteAllTextAsync(_directory.At(".gitignore"), "ignored\n");
        await File.WriteAllTextAsync(_directory.At("code"), "1");
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=n", "-c", "user.email=e@x", "-c", "commit.gpgsign=false", "commit", "-m", "first");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        var below = Directory.CreateDirectory(_directory.At("ignored")).FullName;

        Assert.Equal(new GitState(commit, Dirty: false), await GitCapture.CaptureAsync(below, default));

        await File.WriteAllTextAsync(_directory.At("new"), "");
        Assert.Equal(new GitState(commit, Dirty: true), await GitCapture.CaptureAsync(below, default));

        File.Delete(_directory.At("new"));
        await File.WriteAllTextAsync(_directory.At("code"), "2");
        Assert.Equal(new GitState(commit, Dirty: true), await GitCapture.CaptureAsync(below, default));
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", _directory.FullPath, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        var errors = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, errors);
        return output;
    }
}
