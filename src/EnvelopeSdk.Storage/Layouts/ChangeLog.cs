using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Which envelopes were changed, for those who follow a store and do not want to look at all of it again and again: a
/// line with a name, a digest and the first digits of the SHA-256 of both for each change, written before the change.
/// Who reads new lines waits for the store's lock once, so that the writer is done or dead. Nothing depends on the
/// file: it is not synchronised, and who finds it missing, damaged or begun anew compares the whole store.
/// </summary>
/// <param name="store">The store's directory.</param>
internal sealed class ChangeLog(string store)
{
    private const int Largest = 1 << 20;
    private const int SumLength = 8;
    private const string Beginning = "changes";

    /// <summary>How many bytes the first line has, which names the generation.</summary>
    private static readonly int HeadLength = LineOf($"{Beginning} {Guid.Empty}").Length;

    public string FilePath { get; } = Path.Combine(store, "changes");

    /// <summary>
    /// Says that envelopes are about to change. The caller holds the store's lock. A file that cannot be written is
    /// taken away, since it would say that nothing happened; a change is not refused for it.
    /// </summary>
    public void Note(string name, IEnumerable<Digest> envelopes)
    {
        byte[] lines = [.. envelopes.SelectMany(one => LineOf($"{name} {one}"))];
        try
        {
            if (!TryAppend(lines))
            {
                Begin(lines);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove();
        }
    }

    /// <summary>Makes the file if it is not there. The caller holds the store's lock.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void Ensure()
    {
        if (!File.Exists(FilePath))
        {
            Begin([]);
        }
    }

    /// <summary>Where a follower stands who has seen all of it; null when there is no such file.</summary>
    public ChangePlace? End() => Read(null).Place;

    /// <summary>What was noted behind a place.</summary>
    /// <param name="after">The place up to which it was read before; null: it was not.</param>
    public NotedChanges Read(ChangePlace? after)
    {
        try
        {
            using var file = new FileStream(
                FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var head = new byte[HeadLength];
            if (file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength
                || GenerationOf(head) is not { } generation)
            {
                return new(null, null);
            }

            return after is { } place && place.Generation == generation && place.Offset <= file.Length
                ? ReadOn(file, place)
                : new(new(generation, WholeLength(file)), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(null, null);
        }
    }

    private static NotedChanges ReadOn(FileStream file, ChangePlace place)
    {
        var text = new byte[file.Length - place.Offset];
        file.Position = place.Offset;
        var read = text.AsSpan(0, file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        var end = place.Offset + read.LastIndexOf((byte)'\n') + 1;
        var changed = new List<EnvelopeReference>();
        var isSound = true;
        foreach (var line in Encoding.UTF8.GetString(read[..(int)(end - place.Offset)]).Split('\n')[..^1])
        {
            var one = Parse(line);
            isSound &= one is not null;
            changed.Add(one!);
        }

        return new(place with { Offset = end }, isSound ? [.. changed.Distinct()] : null);
    }

    private static long WholeLength(FileStream file)
    {
        var text = new byte[file.Length];
        file.Position = 0;
        var read = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return text.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
    }

    /// <returns>False when the file is to be begun anew.</returns>
    private bool TryAppend(byte[] lines)
    {
        if (!File.Exists(FilePath))
        {
            return false;
        }

        using var file = new FileStream(
            FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length < HeadLength || file.Length > Largest)
        {
            return false;
        }

        file.Position = file.Length - 1;
        if (file.ReadByte() != '\n')
        {
            return false; // a writer died within a line
        }

        file.Write(lines);
        return true;
    }

    private void Begin(byte[] lines)
    {
        var partial = $"{FilePath}.{Guid.NewGuid():N}.partial";
        try
        {
            File.WriteAllBytes(partial, [.. LineOf($"{Beginning} {Guid.NewGuid()}"), .. lines]);
            File.Move(partial, FilePath, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private void Remove()
    {
        try
        {
            File.Delete(FilePath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static Guid? GenerationOf(byte[] head) =>
        Checked(Encoding.UTF8.GetString(head).TrimEnd('\n'))?.Split(' ') is [Beginning, var generation]
        && Guid.TryParse(generation, out var id) ? id : null;

    private static EnvelopeReference? Parse(string line) =>
        Checked(line)?.Split(' ') is [var name, var digest] && NameRules.IsEnvelopeName(name)
        && Digest.TryParse(digest, out var envelope) ? new(name, envelope) : null;

    /// <returns>What stands before the check sum; null when it is not that of it.</returns>
    private static string? Checked(string line) => line.LastIndexOf(' ') is > 0 and var at
        && line[(at + 1)..] == SumOf(line[..at]) ? line[..at] : null;

    private static byte[] LineOf(string text) => Encoding.UTF8.GetBytes($"{text} {SumOf(text)}\n");

    private static string SumOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..SumLength];
}

/// <summary>Up to where the changes were read.</summary>
/// <param name="Generation">The id of the file, which is another one when it was begun anew.</param>
/// <param name="Offset">How many bytes were read.</param>
internal readonly record struct ChangePlace(Guid Generation, long Offset);

/// <summary>What was noted behind a place.</summary>
/// <param name="Place">Where to go on; null when the file is missing or of no use.</param>
/// <param name="Envelopes">The envelopes, each once; null when it can be any.</param>
internal sealed record NotedChanges(ChangePlace? Place, IReadOnlyList<EnvelopeReference>? Envelopes);
