using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// A file of lines of one length, that begin with a time and end with the first digits of the SHA-256 of what stands
/// before, by which a changed line is noticed. It is read from its end, and grows there, at the same cost however long
/// it is.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="width">How many bytes stand between the time and the digits.</param>
internal sealed class CheckedLines(string path, int width)
{
    private const int LinesOfBlock = 64;
    private const int TimeLength = 28;
    private const int SumLength = 8;

    public string FilePath => path;

    /// <summary>The bytes of a line, its line feed included.</summary>
    public int Length => CheckedLength + 1 + SumLength + 1;

    /// <summary>How many lines there are.</summary>
    public long Count => new FileInfo(path) is { Exists: true } file ? file.Length / Length : 0;

    private int CheckedLength => TimeLength + 1 + width;

    /// <summary>The lines, the last one first, read as they are asked for.</summary>
    /// <exception cref="DamagedLinesException">
    /// The file is not there or empty, or a line is not as it was written.
    /// </exception>
    public IEnumerable<(DateTimeOffset Time, string Text)> FromLast()
    {
        using var file = Open();
        if (file.Length < Length)
        {
            throw new DamagedLinesException(path); // nothing writes an empty one
        }

        var block = new byte[LinesOfBlock * Length];
        for (var end = file.Length / Length; end > 0; end -= Math.Min(end, LinesOfBlock))
        {
            var lines = block.AsMemory(0, (int)Math.Min(end, LinesOfBlock) * Length);
            file.Position = (end * Length) - lines.Length;
            file.ReadExactly(lines.Span);
            for (var at = lines.Length - Length; at >= 0; at -= Length)
            {
                yield return Read(lines.Span.Slice(at, Length)) ?? throw new DamagedLinesException(path);
            }
        }
    }

    /// <summary>Writes the file anew. The caller holds the store's lock.</summary>
    public async Task WriteAsync(
        IEnumerable<(DateTimeOffset Time, string Text)> lines, CancellationToken cancellationToken) =>
        await DurableFile.ReplaceAsync(path, lines.SelectMany(Write).ToArray(), cancellationToken);

    /// <summary>Adds a line at the end. The caller holds the store's lock.</summary>
    public async Task AppendAsync(DateTimeOffset time, string text, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var end = file.Length - (file.Length % Length); // a writer that died may have left part of a line
        try
        {
            file.SetLength(end);
            file.Position = end;
            await file.WriteAsync(Write((time, text)), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            file.SetLength(end);
            throw;
        }
    }

    /// <summary>A line.</summary>
    public byte[] Write((DateTimeOffset Time, string Text) line)
    {
        var time = line.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var text = $"{time} {line.Text.PadRight(width)}";
        return Encoding.ASCII.GetBytes($"{text} {SumOf(Encoding.ASCII.GetBytes(text))}\n");
    }

    /// <returns>Null when it is not a line that was written whole.</returns>
    public (DateTimeOffset Time, string Text)? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length != Length || line[^1] != '\n' || line[TimeLength] != ' ' || line[CheckedLength] != ' ')
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(line[..^1]);
        return text[(CheckedLength + 1)..] == SumOf(line[..CheckedLength])
            && DateTime.TryParseExact(
                text[..TimeLength], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
                ? (new(time), text[(TimeLength + 1)..CheckedLength].TrimEnd())
                : null;
    }

    /// <summary>Goes on in what is read of lines; a damaged line ends it.</summary>
    public static bool TryMove<T>(IEnumerator<T> lines, out bool isDamaged)
    {
        try
        {
            isDamaged = false;
            return lines.MoveNext();
        }
        catch (DamagedLinesException)
        {
            isDamaged = true;
            return false;
        }
    }

    private static string SumOf(ReadOnlySpan<byte> text) =>
        Convert.ToHexStringLower(SHA256.HashData(text))[..SumLength];

    private FileStream Open()
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DamagedLinesException(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoredFile.NotRead(path, failure);
        }
    }
}

/// <summary>A file of lines has to be made again.</summary>
internal sealed class DamagedLinesException(string path) : Exception(path);
