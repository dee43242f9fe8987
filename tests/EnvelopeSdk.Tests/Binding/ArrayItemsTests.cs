using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Binding.Collections;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Items are seen as bytes where they lie, and never more than there are.</summary>
public sealed class ArrayItemsTests
{
    [Fact]
    public void Those_of_a_list_are_its_bytes()
    {
        var items = new ItemsOfSpan<List<short>, short>([1, 2, 3], static list => CollectionsMarshal.AsSpan(list));

        Assert.Equal(6, items.Length);
        Assert.Equal([2, 0, 3, 0], items.At(2, 4).ToArray());
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(9_999), InlineData(10_001)]
    public void A_list_that_has_become_shorter_or_longer_is_not_read(int count)
    {
        List<float> list = [.. Enumerable.Repeat(1f, 10_000)];
        var items = new ItemsOfSpan<List<float>, float>(list, static list => CollectionsMarshal.AsSpan(list));
        CollectionsMarshal.SetCount(list, count);
        list.TrimExcess();

        var refusal = Assert.Throws<InvalidOperationException>(() => items.At(0, 40_000));

        Assert.Contains("was changed while it was saved", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_another_type_is_not_read_or_written()
    {
        Assert.Throws<ArrayTypeMismatchException>(() => new ItemsOfArray<double>(new float[300]).At(0, 1));
        Assert.Throws<ArrayTypeMismatchException>(() => new JsonOutput { Arrays = new() }.TryStoreArray<double>(new float[3]));
        var builder = new TensorBuilder<double>(2);
        builder.Add(1);
        Assert.Throws<ArrayTypeMismatchException>(() => builder.CopyTo(new float[1, 1]));
    }

    [Fact]
    public void An_array_of_several_dimensions_is_seen_row_after_row()
    {
        var items = new ItemsOfArray<byte>(new byte[,] { { 1, 2 }, { 3, 4 } });

        Assert.Equal([1, 2, 3, 4], items.At(0, 4).ToArray());
    }
}
