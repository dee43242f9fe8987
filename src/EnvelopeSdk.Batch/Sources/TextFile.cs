using System.IO.Compression;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files of text, packed with gzip if they are called so.</summary>
internal static class TextFile
{
    /// <summary>Whether .NET finds out that something packed is cut, for which the program has a setting.</summary>
    private static readonly bool IsStrict = FindsCut();

    /// <summary>Opens one. A packed one that is cut fails at its end, and is not taken as whole.</summary>
    /// <exception cref="EnvelopeException">It is packed, and nothing of it is there.</exception>
    public static Stream Open(string file)
    {
        if (!IsPacked(file))
        {
            return File.OpenRead(file);
        }

        if (!IsStrict)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"Nobody could tell whether '{file}' is cut, since the program's runtimeconfig.json does not say "
                + "\"System.IO.Compression.UseStrictValidation\": true. Set it there, or unpack the file.");
        }

        return new FileInfo(file).Length > 0
            ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress)
            : throw Damaged(file, new("Nothing that was packed is empty."));
    }

    /// <summary>Reads a packed file to its end, for readers that take one that is cut as whole.</summary>
    /// <exception cref="EnvelopeException">It is damaged.</exception>
    public static void EnsureWhole(string file)
    {
        if (!IsPacked(file))
        {
            return;
        }

        try
        {
            using var text = Open(file);
            text.CopyTo(Stream.Null);
        }
        catch (InvalidDataException failure)
        {
            throw Damaged(file, failure);
        }
    }

    public static EnvelopeException Damaged(string file, InvalidDataException failure) => new(
        EnvelopeError.Damaged,
        Begin(file) is var begin && (begin.Length < 2 || IsOfGzip(begin))
            ? $"'{file}' is damaged: {failure.Message} Make it anew."
            : $"'{file}' is not packed with gzip, as its name says. Make it anew, or let its name not end with .gz.",
        failure);

    /// <summary>Whether bytes are the first of something packed with gzip (RFC 1952, 2.3.1).</summary>
    public static bool IsOfGzip(ReadOnlySpan<byte> first) => first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    private static byte[] Begin(string file)
    {
        using var content = File.OpenRead(file);
        var first = new byte[2];
        return first[..content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
    }

    private static bool FindsCut()
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            writer.Write("cut"u8);
        }

        packed.SetLength(packed.Length - 1);
        packed.Position = 0;
        try
        {
            using var reader = new GZipStream(packed, CompressionMode.Decompress);
            reader.CopyTo(Stream.Null);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static bool IsPacked(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
