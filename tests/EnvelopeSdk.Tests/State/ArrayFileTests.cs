using System.Buffers.Binary;
using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.State;

/// <summary>Files of arrays that are not what a model's constructor expects are refused before it is called.</summary>
[Collection(nameof(Vectors))]
public sealed class ArrayFileTests : IDisposable
{
    private const string Entry = """{"value":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(Entry)]
    [InlineData("""{"__metadata__":{"by":"another program"},"value":{"data_offsets":[0,8],"shape":[2],"dtype":"F32","more":[1]}}""")]
    [InlineData("""  {"value":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}    """)]
    public void A_file_that_another_program_wrote_is_read(string header) => Assert.Equal([1, 2], Read(File(header)));

    [Theory]
    [InlineData("""{"value":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "F64 [2] in 8 bytes")]
    [InlineData("""{"value":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", "F32 [1, 2] in 8 bytes")]
    [InlineData("""{"value":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "F32 [3] in 8 bytes")]
    [InlineData("""{"value":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""", "F32 [4611686018427387906] in 8 bytes")]
    public void An_array_of_another_kind_or_shape_is_an_error(string header, string told) =>
        Assert.Contains(told, Errors(File(header))[0].ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"array":1}""")]
    [InlineData("""{"array":-1}""")]
    [InlineData("""{"array":99999999999}""")]
    [InlineData("""{"array":0""")]
    [InlineData("""{"Array":0}""")]
    [InlineData("{}")]
    public void A_place_that_names_no_array_is_an_error(string json) => Assert.NotEqual(0, Errors(File(Entry), json).Count);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"value":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    public void A_file_of_another_form_is_refused(string header) => Assert.Throws<FormatException>(() => Read(File(header)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    public void A_header_that_is_said_to_be_longer_than_the_file_is_refused(long length)
    {
        var file = File(Entry);
        BinaryPrimitives.WriteInt64LittleEndian(file, length);

        Assert.Throws<FormatException>(() => Read(file));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var file = File(Entry);

        Assert.All(Enumerable.Range(0, file.Length), length =>
            Assert.True(Record.Exception(() => Read(file[..length])) is FormatException or EndOfStreamException));
    }

    [Fact]
    public void Booleans_of_other_bytes_than_0_and_1_are_an_error()
    {
        var errors = new BindingErrors();
        using var arrays = new ArrayReader(new MemoryStream(File("""{"value":{"dtype":"BOOL","shape":[8],"data_offsets":[0,8]}}""")), null);

        Assert.Throws<FormatException>(() => JsonInput.ReadTrusted("""{"array":0}"""u8, errors, (ref JsonInput input) => input.TakeArray<bool>(), arrays));
    }

    [Theory]
    [InlineData(new[] { 2 }, new[] { 1, 1 }, 2, true)]
    [InlineData(new[] { 3 }, new[] { 1, 1 }, 2, false)]
    [InlineData(new[] { 2 }, new[] { 1, 2 }, 2, false)]
    [InlineData(new[] { 2 }, new[] { 2, -1 }, 2, false)]
    [InlineData(new[] { 2 }, new[] { 4, -2 }, 2, false)]
    [InlineData(new[] { 1, 1 }, new[] { 2 }, 2, false)]
    public void Rows_whose_lengths_do_not_fit_their_items_are_refused(int[] outer, int[] inner, long items, bool fit)
    {
        Assert.Equal(fit, RowLengths.Fit([outer, inner], nulls: 0, items));
        Assert.True(RowLengths.Fit([[2], [2, -1]], nulls: 2, items: 2)); // where rows may be null
    }

    [Fact]
    public async Task Any_changed_byte_of_a_file_of_arrays_is_noticed_when_the_model_is_loaded()
    {
        await Envelope.SaveAsync(new Vectors([.. Enumerable.Range(0, 300_000).Select(i => (float)i)]), store: _store.Store);
        var path = (await (await _store.OpenSoundAsync("vectors")).FindPathAsync("state/items/arrays.safetensors"))!;
        var sound = await System.IO.File.ReadAllBytesAsync(path);
        int[] places = [.. Enumerable.Range(0, 90), 262_143, 262_144, 600_001, sound.Length - 1];
        foreach (var place in places)
        {
            var changed = (byte[])sound.Clone();
            changed[place] ^= 0x10;
            await System.IO.File.WriteAllBytesAsync(path, changed);

            await Failure.OfAsync(EnvelopeError.Damaged, () => Envelope.LoadAsync<Vectors>("vectors", _store.Store), "Import the envelope from a copy");
        }

        await System.IO.File.WriteAllBytesAsync(path, sound[..^4]);
        await Failure.OfAsync(EnvelopeError.Damaged, () => Envelope.LoadAsync<Vectors>("vectors", _store.Store));
        await System.IO.File.WriteAllBytesAsync(path, sound);
        Assert.Equal(299_999, (await Envelope.LoadAsync<Vectors>("vectors", _store.Store)).At(299_999));
    }

    private static byte[] File(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan()[^8..], 1);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan()[^4..], 2);
        return file;
    }

    private static float[] Read(byte[] file)
    {
        var errors = new BindingErrors();
        var read = Read(file, """{"array":0}""", errors);
        Assert.Equal(0, errors.Count);
        return read;
    }

    private static float[] Read(byte[] file, string json, BindingErrors errors)
    {
        using var arrays = new ArrayReader(new MemoryStream(file), null);
        return JsonInput.ReadTrusted(
            Encoding.UTF8.GetBytes(json), errors, (ref JsonInput input) => input.HoldsArray ? input.TakeArray<float>() : [], arrays)!;
    }

    private static BindingErrors Errors(byte[] file, string json = """{"array":0}""")
    {
        var errors = new BindingErrors();
        Read(file, json, errors);
        Assert.NotEqual(0, errors.Count);
        return errors;
    }
}
