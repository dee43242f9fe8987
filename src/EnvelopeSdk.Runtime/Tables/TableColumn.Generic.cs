using System.Runtime.InteropServices;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>A column of a table whose items have one type.</summary>
/// <typeparam name="T">
/// <see cref="bool"/>, an integer type of up to 64 bits, <see cref="float"/>, <see cref="double"/>,
/// <see cref="decimal"/>, <see cref="char"/>, <see cref="string"/>, <see cref="DateTime"/>,
/// <see cref="DateTimeOffset"/> or <see cref="TimeSpan"/>.
/// </typeparam>
public sealed class TableColumn<T> : TableColumn
    where T : notnull
{
    private readonly CellKind<T> _kind = CellKind.Of<T>();
    private readonly List<T> _items = [];
    private List<bool>? _nulls; // up to the last missing item

    /// <summary>Makes an empty column.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">
    /// How many items each row has; null when each has one value and not a vector, 0 when there is no row that would
    /// tell.
    /// </param>
    /// <param name="domain">
    /// The only values that it can have, in the order that the framework knows them by; null when the type allows all
    /// of its values.
    /// </param>
    public TableColumn(string name, int? width = null, IReadOnlyList<T>? domain = null)
        : base(name, width) => Domain = domain;

    /// <summary>The only values that it can have; null when the type allows all of its values.</summary>
    public IReadOnlyList<T>? Domain { get; }

    /// <summary>The items, row after row; a missing one is the default value of the type.</summary>
    public ReadOnlySpan<T> Items => CollectionsMarshal.AsSpan(_items);

    /// <inheritdoc/>
    public override int Count => _items.Count;

    /// <inheritdoc/>
    public override bool HasNulls => _nulls is not null;

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item; null where it is missing.</param>
    public void Add(T item) => _items.Add(item);

    /// <summary>Adds a missing item.</summary>
    public void AddNull()
    {
        _nulls ??= [];
        while (_nulls.Count < _items.Count)
        {
            _nulls.Add(false);
        }

        _nulls.Add(true);
        _items.Add(default!);
    }

    /// <summary>Whether an item is missing.</summary>
    /// <param name="index">Of the item, from zero.</param>
    public bool IsNull(int index) => _nulls is { } nulls && index < nulls.Count && nulls[index];

    internal override void Write(JsonOutput output, int row)
    {
        if (Width is not { } width)
        {
            WriteItem(output, row);
            return;
        }

        output.WriteStartArray();
        for (var item = row * width; item < (row + 1) * width; item++)
        {
            WriteItem(output, item);
        }

        output.WriteEndArray();
    }

    internal override MemberSchema Describe()
    {
        var item = new TypeSchema { Kind = _kind.Kind, Nullable = HasNulls };
        return new MemberSchema
        {
            Name = Name,
            Type = Width is null ? item : new TypeSchema { Kind = TypeKind.Array, Items = item },
            Required = true,
            Seen = Width is null && Domain is null && _items is List<string> texts
                ? FrozenColumns.Few(texts.Where((_, i) => !IsNull(i)))
                : null,
            Constraints = Width is null && Domain is null ? null : new ConstraintsSchema
            {
                MinItems = Width,
                MaxItems = Width,
                Allowed = Domain is null ? null : [.. Domain.Select(_kind.ToJson)],
            },
        };
    }

    private void WriteItem(JsonOutput output, int index)
    {
        if (IsNull(index))
        {
            output.WriteNull();
        }
        else
        {
            _kind.Write(output, _items[index]);
        }
    }
}
