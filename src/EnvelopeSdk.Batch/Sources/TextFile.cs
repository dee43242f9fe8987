using System.IO.Compression;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files of text, packed with gzip if they are called so.</summary>
internal static class TextFile
{
    /// <summary>Opens one. A packed one that is cut fails at its end, and is not taken as whole.</summary>
    /// <exception cref="EnvelopeException">It is packed, and nothing of it is there.</exception>
    public static Stream Open(string file)
    {
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        if (!IsPacked(file))
        {
            return File.OpenRead(file);
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
        EnvelopeError.Invalid, $"'{file}' is damaged: {failure.Message} Make it anew.", failure);

    private static bool IsPacked(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
