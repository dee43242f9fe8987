using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// Files with an object of JSON on each line (JSON Lines). A value stays the text that it is: no digit is lost.
/// </summary>
internal static class JsonLines
{
    /// <summary>The names of all members, in the order in which they first come.</summary>
    /// <exception cref="EnvelopeException">A line is no object, or names differ by no more than their case.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        await ReadAsync(
            files, (name, _) =>
            {
                if (known.Add(name))
                {
                    names.Add(name);
                }
            },
            () => { }, cancellationToken);
        var alike = names.GroupBy(one => one, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        return alike is not null
            ? throw new EnvelopeException(
                EnvelopeError.Invalid,
                "Members have names that differ by no more than their case: "
                + $"{string.Join(", ", alike.Select(one => $"'{one}'"))}. Give them other names.")
            : names;
    }

    /// <summary>Shows the members of each object, and then that it is at its end.</summary>
    /// <param name="files">The files.</param>
    /// <param name="member">Is shown a name and the text of the value.</param>
    /// <param name="end">Is called at the end of an object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A line is no object.</exception>
    public static async Task ReadAsync(
        IReadOnlyList<string> files, ShowMember member, Action end, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using Stream content = File.OpenRead(file);
            await using var text = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(content, CompressionMode.Decompress) : content;
            var lines = PipeReader.Create(text, new(bufferSize: 1 << 16));
            for (var number = 1L; await NextAsync(lines, cancellationToken) is { } line; number++)
            {
                try
                {
                    if (!IsBlank(line))
                    {
                        Read(line, member);
                        end();
                    }
                }
                catch (Exception failure) when (failure is JsonException or InvalidOperationException)
                {
                    throw new EnvelopeException(
                        EnvelopeError.Invalid,
                        string.Create(CultureInfo.InvariantCulture, $"Line {number} of '{file}' is no object of JSON.")
                        + " Each line is one, with a member for each column.",
                        failure);
                }
            }
        }
    }

    /// <summary>Is shown a member of an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text of its value, in UTF-8.</param>
    internal delegate void ShowMember(string name, ReadOnlySpan<byte> value);

    /// <summary>Copies it: it may lie in several pieces of memory.</summary>
    private static async Task<byte[]?> NextAsync(PipeReader lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await lines.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                lines.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted)
            {
                var rest = read.Buffer.ToArray();
                lines.AdvanceTo(read.Buffer.End);
                return rest.Length == 0 ? null : rest;
            }

            lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    private static void Read(ReadOnlySpan<byte> line, ShowMember member)
    {
        line = line.StartsWith(Encoding.UTF8.Preamble) ? line[3..] : line;
        if (!Utf8.IsValid(line))
        {
            throw new JsonException();
        }

        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!names.Add(name))
            {
                throw new JsonException();
            }

            member(name, line[start..(int)reader.BytesConsumed]);
        }

        if (reader.Read())
        {
            throw new JsonException();
        }
    }
}
