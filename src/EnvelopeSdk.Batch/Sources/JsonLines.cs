using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// Files with an object of JSON on each line (JSON Lines). A value stays the text that it is: no digit is lost.
/// </summary>
internal static class JsonLines
{
    /// <summary>How deep a value may be is for the parameter to say, with the column and the reason.</summary>
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The names of all members, in the order in which they first come.</summary>
    /// <param name="files">The files.</param>
    /// <param name="isLenient">Whether lines that are no objects are passed over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A line is no object, or names differ by no more than their case.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(
        IReadOnlyList<string> files, bool isLenient, CancellationToken cancellationToken)
    {
        var (names, ofLine) = (new List<string>(), new List<string>());
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (objects, unread, file) = (0L, default(string), "");
        foreach (var one in files)
        {
            file = one;
            await ReadAsync([one], Show, End, isLenient ? PassOver : null, cancellationToken);
        }

        return objects > 0 ? names
            : unread is not null ? throw NoObject(unread, "No line of the input is one.")
            : throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{files[0]}' has no line, and so no columns. Each line is an object of JSON.");

        void Show(string name, ReadOnlySpan<byte> value)
        {
            if (!known.TryGetValue(name, out var same) || same != name)
            {
                ofLine.Add(name);
            }
        }

        void End()
        {
            objects++;
            foreach (var name in ofLine)
            {
                if (!known.TryAdd(name, name))
                {
                    throw new EnvelopeException(
                        EnvelopeError.Invalid,
                        $"'{file}' has a member '{name}', and there are others '{known[name]}': names that differ by "
                        + "no more than their case are not told apart. Give them one name, or other names.");
                }

                names.Add(name);
            }

            ofLine.Clear();
        }

        void PassOver(string why)
        {
            unread ??= why;
            ofLine.Clear();
        }
    }

    /// <summary>Shows the members of each object, and then that it is at its end.</summary>
    /// <param name="files">The files.</param>
    /// <param name="member">Is shown a name and the text of the value.</param>
    /// <param name="end">Is called at the end of an object.</param>
    /// <param name="unread">
    /// Is told, without its values, of a line that is no object, some of whose members may have been shown; null: such
    /// a line is the end.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">A line is no object.</exception>
    public static async Task ReadAsync(
        IReadOnlyList<string> files, ShowMember member, Action end, Action<string>? unread,
        CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var text = TextFile.Open(file);
            var lines = PipeReader.Create(text, new(bufferSize: 1 << 16));
            for (var number = 1L; await NextAsync(lines, file, cancellationToken) is { } line; number++)
            {
                try
                {
                    if (!IsBlank(line))
                    {
                        Read(line, member);
                        end();
                    }
                }
                catch (JsonException failure)
                {
                    var why = string.Create(
                        CultureInfo.InvariantCulture, $"line {number} of '{file}' is no object of JSON")
                        + (failure.Message.Length > 0 ? $": {failure.Message}" : "");
                    if (unread is null)
                    {
                        EnsureIsOfLines(line, number, file);
                        throw NoObject(why, "--quarantine FILE puts such lines aside and goes on.", failure);
                    }

                    unread(why);
                }
            }
        }
    }

    /// <summary>Is shown a member of an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text of its value, in UTF-8.</param>
    internal delegate void ShowMember(string name, ReadOnlySpan<byte> value);

    /// <summary>Says what a file is that has no lines of JSON at all, as its first shows.</summary>
    /// <exception cref="EnvelopeException">It is such a one.</exception>
    private static void EnsureIsOfLines(ReadOnlySpan<byte> line, long number, string file)
    {
        var isOther = number == 1 && line is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (isOther || (number == 1 && line.TrimStart(" \t\uFEFF"u8) is [(byte)'[', ..]))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                isOther ? $"'{file}' is not in UTF-8. Write it in UTF-8, or convert it with iconv."
                    : $"'{file}' is one array of JSON. Write each of its objects on a line of its own, as jq -c '.[]' does.");
        }
    }

    private static EnvelopeException NoObject(string why, string then, Exception? failure = null) => new(
        EnvelopeError.Invalid,
        $"{char.ToUpperInvariant(why[0])}{why[1..]}. Each line is one, with a member for each column, which is there "
        + $"once, in valid Unicode. {then}",
        failure);

    /// <summary>Copies it: it may lie in several pieces of memory.</summary>
    private static async Task<byte[]?> NextAsync(
        PipeReader lines, string file, CancellationToken cancellationToken)
    {
        for (var looked = 0L; ;)
        {
            var read = await ReadAsync(lines, file, cancellationToken);
            if (read.Buffer.Slice(looked).PositionOf((byte)'\n') is { } end)
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

            looked = read.Buffer.Length;
            lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task<ReadResult> ReadAsync(
        PipeReader lines, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException failure)
        {
            throw TextFile.Damaged(file, failure);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;

    /// <exception cref="JsonException">It is no object; its message says why, with no value of it.</exception>
    private static void Read(ReadOnlySpan<byte> line, ShowMember member)
    {
        line = line.StartsWith(Encoding.UTF8.Preamble) ? line[3..] : line;
        if (!Utf8.IsValid(line))
        {
            throw new JsonException("it is not in UTF-8");
        }

        string? last = "";
        try
        {
            Read(line, member, ref last);
        }
        catch (InvalidOperationException failure)
        {
            var named = last is null ? "the name of a member" : $"the member '{last}'";
            throw new JsonException($"{named} has half of a surrogate pair, which is no character", failure);
        }
        catch (JsonException failure) when (failure.LineNumber is not null) // of the reader, in its words
        {
            throw new JsonException(
                last is { Length: > 0 } ? $"what is wrong is at the member '{last}' or behind it" : "", failure);
        }
    }

    private static void Read(ReadOnlySpan<byte> line, ShowMember member, ref string? last)
    {
        var hasEscapes = line.IndexOf("\\u"u8) >= 0;
        var reader = new Utf8JsonReader(line, AnyDepth);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            last = null; // it may be none
            last = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!names.Add(last))
            {
                throw new JsonException($"the member '{last}' is there twice");
            }

            if (hasEscapes)
            {
                EnsureUnicode(line[start..(int)reader.BytesConsumed]);
            }

            member(last, line[start..(int)reader.BytesConsumed]);
        }

        reader.Read(); // nothing follows
    }

    /// <summary>An escaped half of a surrogate pair is no character, and not found by stepping over it.</summary>
    /// <exception cref="InvalidOperationException">There is one alone.</exception>
    private static void EnsureUnicode(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, AnyDepth);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }
}
