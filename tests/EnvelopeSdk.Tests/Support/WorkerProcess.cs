using System.Diagnostics;
using System.Globalization;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tests.Support;

/// <summary>A <see cref="StoreWorker"/> in a process of its own, and what is known of its envelopes.</summary>
internal sealed class WorkerProcess(TempStore source, TempStore target, int number, int count)
{
    private readonly Dictionary<string, string?> _tags = [];
    private readonly Dictionary<string, HashSet<string>> _signed = [];
    private readonly HashSet<string> _there = [];
    private string[] _underWay = [];

    /// <summary>What was done, and said to be done.</summary>
    public int Done { get; private set; }

    /// <summary>Whether it was killed between the beginning and the end of something at least once.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Runs for some time after the first thing is done, and kills.</summary>
    public async Task RunAsync(int seed, int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "exec", typeof(StoreWorker).Assembly.Location, StoreWorker.Mode, source.Store.Address,
                target.Store.Address, .. new[] { number, count, seed }.Select(one => one.ToString(CultureInfo.InvariantCulture)),
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var killing = default(Task);
        _underWay = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            Note(words);
            if (words[0] == "=") // however slow the machine is, something was done when it is killed
            {
                killing ??= Task.Run(async () =>
                {
                    await Task.Delay(milliseconds);
                    process.Kill();
                });
            }
        }

        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        WasInterrupted |= _underWay.Length > 0;
    }

    /// <summary>All that it was told is done holds, and what was under way is done or not.</summary>
    public async Task CheckAsync()
    {
        var listed = (await target.Store.ListAsync("house-price")).Select(one => one.Digest.ToString()).ToHashSet();
        var mine = (await source.Store.ListAsync("house-price")).Where((_, i) => i % count == number);
        foreach (var one in mine)
        {
            var digest = one.Digest.ToString();
            var isUnsure = _underWay.Contains(digest);
            Assert.True(isUnsure || listed.Contains(digest) == _there.Contains(digest), $"{digest} was lost or came back.");
            var tags = (await target.Store.ReadJournalAsync(one)).Labels.Tags;
            var tag = tags.GetValueOrDefault("value");
            Assert.True(isUnsure || tag == _tags.GetValueOrDefault(digest), $"{digest} has the tag {tag}.");
            var resolved = listed.Contains(digest) ? await EnvelopeResolver.OpenAsync(one.ToString(), target.Store) : null;
            var signatures = resolved is null ? [] : await resolved.ReadSignaturesAsync();
            HashSet<string> identities = [.. signatures.Select(made => SimpleSigning.Read(made.Payload).Identity)];
            Assert.True(isUnsure || identities.SetEquals(_signed.GetValueOrDefault(digest) ?? []), $"{digest} is signed as {string.Join(", ", identities)}.");
            Know(digest, listed.Contains(digest), tag, identities);
        }

        _underWay = [];
    }

    private void Note(string[] words)
    {
        _underWay = words[0] == "?" ? words : [];
        if (words[0] == "?")
        {
            return;
        }

        Done++;
        switch (words[1])
        {
            case "add":
                _there.Add(words[2]);
                break;
            case "tag":
                _tags[words[2]] = words[3];
                break;
            case "sign":
                _signed.TryAdd(words[2], []);
                _signed[words[2]].Add(words[3]);
                break;
            case "delete":
                Know(words[2], isThere: false, null, []);
                break;
        }
    }

    private void Know(string digest, bool isThere, string? tag, HashSet<string> identities)
    {
        (_tags[digest], _signed[digest]) = (tag, identities);
        _ = isThere ? _there.Add(digest) : _there.Remove(digest);
    }
}
