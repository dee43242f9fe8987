using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Parquet;

/// <summary>
/// The pages of a column, one behind the other (<c>parquet.thrift</c>, PageHeader). Footers of old writers leave the
/// header of the dictionary out of the size of a column, so that what they say is looked at before it is copied.
/// </summary>
internal static class PageWalk
{
    private const int CompressedSize = 3, DataPage = 5, DataPageV2 = 8, Values = 1;
    private const int Head = 1 << 10;
    private const int LongestHead = 1 << 24; // statistics in it may have long values

    /// <summary>Whether pages end where a footer says, and have as many values.</summary>
    /// <param name="file">The file.</param>
    /// <param name="begin">Where the first begins.</param>
    /// <param name="end">Where the footer says that the last ends.</param>
    /// <param name="values">How many values the footer says that they have, nulls among them.</param>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    public static bool Ends(SafeFileHandle file, long begin, long end, long values)
    {
        while (begin < end)
        {
            var (page, length) = Read(file, begin, end);
            var size = page.Number(CompressedSize) ?? throw new InvalidDataException("A page has no size.");
            values -= (page.Struct(DataPage) ?? page.Struct(DataPageV2))?.Number(Values) ?? 0;
            if (size < 0 || size > end - begin - length)
            {
                return false;
            }

            begin += length + size;
        }

        return values == 0;
    }

    private static (ThriftStruct Page, int Length) Read(SafeFileHandle file, long begin, long end)
    {
        for (var most = Head; ; most *= 4)
        {
            var bytes = FileBytes.Read(file, begin, (int)Math.Min(most, end - begin));
            try
            {
                var length = new ThriftBytes(bytes);
                length.Skip(ThriftKind.Struct);
                return (new(bytes), length.Position);
            }
            catch (InvalidDataException) when (bytes.Length == most && most < LongestHead)
            {
                // it may go on
            }
        }
    }
}
