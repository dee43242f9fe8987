using System.ComponentModel;
using System.Diagnostics;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>Asks git about the work tree that a program runs in.</summary>
internal static class GitCapture
{
    private static readonly string[] RepositoryVariables =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"];

    /// <summary>Asks git about the work tree around a directory.</summary>
    /// <returns>Its state; null without git, outside a work tree, or before the first commit.</returns>
    public static async Task<GitState?> CaptureAsync(string directory, CancellationToken cancellationToken)
    {
        var commit = await GitAsync(directory, ["rev-parse", "--verify", "HEAD"], cancellationToken);
        if (commit is null)
        {
            return null;
        }

        var changes = await GitAsync(
            directory, ["status", "--porcelain", "--untracked-files=normal"], cancellationToken);
        return new GitState(commit.Trim(), Dirty: changes is not { Length: 0 });
    }

    private static async Task<string?> GitAsync(
        string directory, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", ["--no-optional-locks", "-C", directory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A training program that a git hook runs would be told of the hook's repository instead of its own.
        foreach (var variable in RepositoryVariables)
        {
            start.Environment.Remove(variable);
        }

        try
        {
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEndAsync(cancellationToken); // drained, so that git cannot block on it
            var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await git.WaitForExitAsync(cancellationToken);
            return git.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null; // git is not installed
        }
    }
}
