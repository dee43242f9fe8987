using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Arrays;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Arrays of state that are stored in binary form beside the JSON.</summary>
public ref partial struct JsonInput
{
    /// <summary>Whether an array comes next that is stored in binary form.</summary>
    public readonly bool HoldsArray => _arrays is not null && Next == '{';

    /// <summary>Reads an array of one dimension.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <returns>An empty one when it cannot be read; then there is an error.</returns>
    public T[] TakeArray<T>()
        where T : unmanaged =>
        TakeArray<T, T[]>(1, static lengths => GC.AllocateUninitializedArray<T>(lengths[0])) ?? [];

    /// <summary>Reads an array of several dimensions.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <typeparam name="TArray">Its type, which is one of arrays.</typeparam>
    /// <param name="rank">The number of dimensions.</param>
    /// <param name="create">Makes one of the lengths of its dimensions.</param>
    /// <returns>Null when it cannot be read; then there is an error.</returns>
    public TArray? TakeArray<T, TArray>(int rank, Func<int[], TArray> create)
        where T : unmanaged
        where TArray : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (Find<T>(rank) is not { } lengths)
        {
            return null;
        }

        if (_arrays!.Borrow<TArray>() is { } lent)
        {
            return lent;
        }

        var array = create(lengths);
        _arrays!.ReadChecked<T>(new ItemsOfArray<T>((Array)(object)array));
        return array;
    }

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <returns>An empty one when it cannot be read; then there is an error.</returns>
    public List<T> TakeList<T>()
        where T : unmanaged
    {
        if (Find<T>(1) is not { } lengths)
        {
            return [];
        }

        var list = new List<T>();
        CollectionsMarshal.SetCount(list, lengths[0]);
        _arrays!.ReadChecked<T>(new ItemsOfSpan<List<T>, T>(list, static items => CollectionsMarshal.AsSpan(items)));
        return list;
    }

    /// <summary>Reads a tensor.</summary>
    /// <typeparam name="TTensor">Its type.</typeparam>
    /// <typeparam name="T">The type of its items.</typeparam>
    /// <param name="rank">The number of dimensions.</param>
    /// <param name="create">Makes one of its items, row after row, and the lengths of its dimensions.</param>
    /// <returns>Null when it cannot be read; then there is an error.</returns>
    public TTensor? TakeTensor<TTensor, T>(int rank, Func<T[], nint[], TTensor> create)
        where TTensor : class
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(create);
        if (Find<T>(rank) is not { } lengths)
        {
            return null;
        }

        if (_arrays!.Borrow<TTensor>() is { } lent)
        {
            return lent;
        }

        var count = lengths.Aggregate(1L, (product, length) => product * length);
        if (count > Array.MaxLength)
        {
            Refuse($"a tensor of at most {Array.MaxLength} items", "a larger one");
            return null;
        }

        var items = GC.AllocateUninitializedArray<T>((int)count);
        _arrays!.ReadChecked<T>(new ItemsOfArray<T>(items));
        return create(items, [.. lengths.Select(length => (nint)length)]);
    }

    /// <summary>Reads arrays of arrays.</summary>
    /// <typeparam name="TRows">The type of the outermost one.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="levels">How many levels there are: 2 for <c>float[][]</c>.</param>
    /// <param name="nulls">For each level a bit, the lowest for the outermost: whether its rows may be null.</param>
    /// <param name="create">Makes the outermost one.</param>
    /// <returns>Null when it cannot be read; then there is an error.</returns>
    public TRows? TakeRows<TRows, T>(int levels, int nulls, Func<ArrayRows<T>, TRows?> create)
        where TRows : class
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(create);
        if (ReadReference() is not { } first)
        {
            return null;
        }

        var lengths = new int[levels][];
        for (var level = 0; level < levels; level++)
        {
            if (Find<int>(first + level, 1) is not { } count)
            {
                return null;
            }

            lengths[level] = new int[count[0]];
            _arrays!.ReadChecked<int>(new ItemsOfArray<int>(lengths[level]));
        }

        if (NextArray<T>(first + levels, 1, long.MaxValue) is not { } items)
        {
            return null;
        }

        if (!RowLengths.Fit(lengths, nulls, items.Shape[0]))
        {
            Refuse("lengths of rows that fit the items", "others");
            return null;
        }

        return create(new ArrayRows<T>(_arrays!, lengths));
    }

    /// <returns>The lengths of the dimensions; null when there is no such array, and an error instead.</returns>
    private int[]? Find<T>(int rank)
        where T : unmanaged =>
        ReadReference() is { } number ? Find<T>(number, rank) : null;

    private readonly int[]? Find<T>(int number, int rank)
        where T : unmanaged =>
        NextArray<T>(number, rank, rank == 1 ? Array.MaxLength : uint.MaxValue) is not { } entry ? null
            : [.. entry.Shape.Select(length => (int)length)];

    /// <returns>Null when the next array is another one, and an error instead.</returns>
    private readonly ArrayEntry? NextArray<T>(int number, int rank, long mostItems)
        where T : unmanaged
    {
        var expected = string.Create(
            CultureInfo.InvariantCulture, $"array {number}, the next one, of {rank} dimensions of {ArrayKind.Of<T>()}");
        if (_arrays!.Next(number) is not { } entry)
        {
            Refuse(expected, "none");
            return null;
        }

        if (entry.Kind != ArrayKind.Of<T>() || entry.Shape.Count != rank || !HasItsItems<T>(entry, mostItems))
        {
            Refuse(expected, $"{entry.Kind} [{string.Join(", ", entry.Shape)}] in {entry.End - entry.Start} bytes");
            return null;
        }

        return entry;
    }

    private static bool HasItsItems<T>(ArrayEntry entry, long mostItems)
    {
        var items = (Int128)1;
        foreach (var length in entry.Shape)
        {
            items *= length;
            if (items > mostItems || (mostItems < long.MaxValue && length > Array.MaxLength))
            {
                return false;
            }
        }

        return items * Unsafe.SizeOf<T>() == entry.End - entry.Start;
    }

    /// <returns>Null when there is none, and an error instead.</returns>
    private int? ReadReference()
    {
        var length = ArrayReference.Read(_json[_position..], out var number);
        _position += length;
        if (length > 0)
        {
            return number;
        }

        Refuse("an array, or {\"array\":N} for one beside the JSON");
        return null;
    }
}
