using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Tests.Packing;

public class DigestTests
{
    private const string OfNothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public async Task The_digest_of_bytes_is_that_of_a_stream_of_them()
    {
        Assert.Equal(OfNothing, Digest.Of([]).ToString());
        Assert.Equal(OfNothing, (await Digest.OfAsync(Stream.Null, default)).ToString());
        Assert.Equal("e3b0c44298fc", Digest.Of([]).Short);
        var many = new byte[(1 << 20) + 7]; // more than is read at once
        new Random(3).NextBytes(many);
        Assert.Equal(Digest.Of(many), await Digest.OfAsync(new MemoryStream(many), default));
    }

    [Fact]
    public void The_written_form_is_read_back()
    {
        Assert.True(Digest.TryParse(OfNothing, out var digest));
        Assert.Equal(Digest.Of([]), digest);
    }

    [Theory]
    [InlineData(""), InlineData("sha256:"), InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../../etc/pa")]
    public void Any_other_form_is_refused(string text) => Assert.False(Digest.TryParse(text, out _));
}
