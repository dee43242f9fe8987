using EnvelopeSdk.Batch.Parquet;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Footers of Parquet files, which are read and written in part.</summary>
public sealed class ParquetFooterTests
{
    private const string Rows =
        """
        SELECT i AS id, i % 7 AS few, repeat('ä', (i % 4)::INT) AS word, CASE WHEN i % 2 = 0 THEN [i, NULL] END AS list, {a: i, b: [i::VARCHAR]} AS part
        FROM range(5000) t(i)
        """;

    [Fact]
    public async Task A_footer_that_is_written_anew_is_the_same_to_the_byte()
    {
        using var job = await RidesJob.StartAsync();
        var footer = ParquetFooter.Read(job.Table(Rows));
        var written = new MemoryStream();

        ParquetFooter.Write(written, footer.Metadata);

        Assert.Equal((await File.ReadAllBytesAsync(footer.Path))[(int)footer.Begin..], written.ToArray());
    }

    /// <summary>Headers of a size in 64 bits ("Thrift compact protocol"), some of three values.</summary>
    [Theory]
    [InlineData(new byte[] { 0x36, 0x04, 0 }, 2, true), InlineData(new byte[] { 0x36, 0x04, 0 }, 1, false), InlineData(new byte[] { 0x36, 0x03, 0 }, 2, false)]
    [InlineData(new byte[] { 0x36, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0 }, 2, false)]
    [InlineData(new byte[] { 0x36, 0x04, 0x2C, 0x15, 0x06, 0, 0 }, 2, true, 3), InlineData(new byte[] { 0x36, 0x04, 0x2C, 0x15, 0x06, 0, 0 }, 2, false, 4)]
    public async Task Pages_end_where_a_footer_says_and_have_as_many_values(byte[] header, int bytes, bool isSo, int values = 0)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("pages"), [.. header, .. new byte[bytes]]);
        using var file = File.OpenHandle(job.At("pages"));

        Assert.Equal(isSo, PageWalk.Ends(file, 0, header.Length + bytes, values));
    }

    [Fact]
    public async Task A_footer_in_which_any_byte_is_another_is_read_or_refused()
    {
        using var job = await RidesJob.StartAsync();
        var whole = await File.ReadAllBytesAsync(job.Table(Rows));
        var begin = (int)ParquetFooter.Read(job.At("in.parquet")).Begin;
        foreach (var other in (byte[])[0x00, 0x0F, 0x1C, 0x7F, 0x9C, 0xF9, 0xFF])
        {
            for (var at = begin; at < whole.Length; at++)
            {
                var torn = (byte[])whole.Clone();
                torn[at] = other;
                await File.WriteAllBytesAsync(job.At("torn.parquet"), torn);
                ParquetGroups.Of(job.At("torn.parquet"));
                ParquetJoin.Of(job.At("torn.parquet"), ["part", "few"], 0, 5000)?.TryWrite(job.At("all.parquet"), job.At("in.parquet"), () => { });
                ParquetJoin.Of(job.At("in.parquet"), ["part", "few"], 0, 5000)!.TryWrite(job.At("all.parquet"), job.At("torn.parquet"), () => { });
                try
                {
                    ParquetMerge.TryWrite([job.At("torn.parquet"), job.At("in.parquet")], job.At("all.parquet"));
                }
                catch (InvalidDataException)
                {
                    // which is what those who call it look for
                }
            }
        }
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(8), InlineData(11), InlineData(200)]
    public async Task A_file_that_is_cut_is_refused(int length)
    {
        using var job = await RidesJob.StartAsync();
        await File.WriteAllBytesAsync(job.At("cut.parquet"), (await File.ReadAllBytesAsync(job.Table(Rows)))[..length]);

        Assert.Throws<InvalidDataException>(() => ParquetFooter.Read(job.At("cut.parquet")));
        Assert.Null(ParquetGroups.Of(job.At("cut.parquet")));
    }
}
