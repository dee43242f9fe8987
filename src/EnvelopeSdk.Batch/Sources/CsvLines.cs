using System.Globalization;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>
/// Looks through a CSV file (RFC 4180) for what the engine passes over without a word, with all that is behind it, when
/// one thread reads it: a quote that is not closed, and a last line that is too long (DuckDB 1.5). So it does with
/// spaces between the quotes of a value and its end, which are part of it, and with quotes behind spaces, which are
/// none. Counts its lines.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="divider">What is between values.</param>
/// <param name="longest">How many bytes a line may have at most; one with quoted line ends is one line.</param>
internal sealed class CsvLines(string file, char divider, int longest)
{
    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', Space = (byte)' ', Return = (byte)'\r';
    private const int Block = 1 << 18;

    private long _filled;
    private long _empty;
    private long _line = 1;
    private long _opened; // the line of the quote that is open
    private long _length; // bytes of the line so far
    private bool _isQuoted;
    private bool _isClosing; // behind a quote within quotes, which ends the value unless another follows
    private bool _isBlank = true; // the value has begun with spaces, if with anything
    private byte _last = LineFeed;

    /// <returns>
    /// How many lines there are, but for empty ones, and how many of these: a row if there is one column.
    /// </returns>
    /// <exception cref="EnvelopeException">There is one.</exception>
    public (long Filled, long Empty) Read()
    {
        using var text = TextFile.Open(file);
        var block = new byte[Block];
        for (int count; (count = text.ReadAtLeast(block, Block, throwOnEndOfStream: false)) > 0;)
        {
            Look(_line == 1 && _length == 0 ? WithoutMark(block.AsSpan(0, count)) : block.AsSpan(0, count));
        }

        if (_isQuoted && !_isClosing)
        {
            throw Refused(
                _opened, "has a quote that is not closed. Quotes within a value are doubled, and stand in quotes.");
        }

        return (_filled + (_length > 0 ? 1 : 0), _empty);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> first) =>
        first.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? first[3..] : first;

    private void Look(ReadOnlySpan<byte> bytes)
    {
        for (var begin = 0; begin < bytes.Length;)
        {
            var next = bytes[begin..].IndexOfAny(Quote, LineFeed, Return);
            var count = next < 0 ? bytes.Length - begin : next;
            if (count > 0)
            {
                TakePlain(bytes.Slice(begin, count), isBeforeQuote: next < 0 || bytes[begin + next] == Quote);
            }

            Count(count);
            begin += count;
            if (begin < bytes.Length)
            {
                Take(bytes[begin++]);
            }
        }
    }

    /// <param name="bytes">Some without a quote or the end of a line.</param>
    /// <param name="isBeforeQuote">Whether one may follow.</param>
    private void TakePlain(ReadOnlySpan<byte> bytes, bool isBeforeQuote)
    {
        if (_isClosing && bytes[0] == Space)
        {
            throw OfSpace();
        }

        (_isQuoted, _isClosing) = (_isQuoted && !_isClosing, false);
        _last = bytes[^1];
        if (isBeforeQuote && !_isQuoted)
        {
            var begin = bytes.LastIndexOf((byte)divider) + 1;
            _isBlank = (begin > 0 || _isBlank) && bytes[begin..].IndexOfAnyExcept(Space) < 0;
        }
    }

    private void Take(byte mark)
    {
        Count(1);
        if (mark == Quote)
        {
            TakeQuote();
        }
        else
        {
            (_isQuoted, _isClosing) = (_isQuoted && !_isClosing, false);
            TakeEnd(isSecond: mark == LineFeed && _last == Return);
        }

        _last = mark;
    }

    /// <param name="isSecond">Whether it is the other half of the end of a line.</param>
    private void TakeEnd(bool isSecond)
    {
        _line += isSecond ? 0 : 1;
        if (!_isQuoted)
        {
            _isBlank = true;
            _filled += _length > 1 ? 1 : 0;
            _empty += _length == 1 && !isSecond ? 1 : 0;
            _length = 0;
        }
    }

    /// <summary>One that is not at the begin of a value is part of it, or what the engine refuses.</summary>
    private void TakeQuote()
    {
        if (_isQuoted)
        {
            _isClosing = !_isClosing;
        }
        else if (_last is LineFeed or Return || _last == divider)
        {
            (_isQuoted, _opened, _isBlank) = (true, _line, false);
        }
        else if (_isBlank && _last == Space)
        {
            throw OfSpace();
        }
        else
        {
            _isBlank = false;
        }
    }

    private void Count(int bytes)
    {
        if ((_length += bytes) > longest)
        {
            throw Refused(
                _isQuoted ? _opened : _line,
                string.Create(CultureInfo.InvariantCulture, $"has more than {longest} bytes, or a quote that is not ")
                + "closed.");
        }
    }

    private EnvelopeException OfSpace() => Refused(
        _line,
        "has a space between a quote and the begin or the end of its value, where none can be (RFC 4180): it would be "
        + "dropped. Take it out, or let it stand within the quotes.");

    private EnvelopeException Refused(long line, string why) => new(
        EnvelopeError.Invalid,
        string.Create(CultureInfo.InvariantCulture, $"The table cannot be read: Line {line} of '{file}' {why}"));
}
