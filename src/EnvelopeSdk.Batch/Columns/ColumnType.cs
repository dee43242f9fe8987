namespace EnvelopeSdk.Batch.Columns;

/// <summary>What the values of a column are, as tables have them.</summary>
internal enum ColumnKind
{
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    Int128,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    UInt128,
    Float,
    Double,
    Decimal,
    Text,
    Bytes,
    Uuid,
    Date,
    Time,
    Timestamp,
    Interval,
    List,
    Array,
    Struct,
    Map,
    Json,
    Other,
}

/// <summary>Whose SQL makes a column of another type of it.</summary>
internal enum SqlDialect
{
    Engine,
    Sqlite,
    Postgres,

    /// <summary>There is no SQL: it comes from Arrow, which no query reads.</summary>
    None,
}

/// <summary>The type of a column.</summary>
/// <param name="Kind">What its values are.</param>
/// <param name="Name">What SQL calls it.</param>
internal sealed record ColumnType(ColumnKind Kind, string Name)
{
    /// <summary>Of a decimal number, how many of its digits are behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>
    /// Of numbers of 64 bits, whether all are such as 0.1, of which those of 32 bits say the same: where a table has no
    /// others, they stand for both.
    /// </summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole => Kind is >= ColumnKind.Int8 and <= ColumnKind.UInt128;

    /// <summary>What SQL there is where it comes from.</summary>
    public SqlDialect Dialect { get; init; }

    /// <summary>Of a point in time, how many of its units a second has.</summary>
    public long PerSecond
    {
        get;
        init => (field, TicksPerUnit) = (value, TimeSpan.TicksPerSecond / value);
    }

    /// <summary>How many ticks such a unit has; 0 where it is shorter than one.</summary>
    public long TicksPerUnit { get; private init; }

    /// <summary>Of a point in time, whether it is one in UTC, and not what a clock on some wall shows.</summary>
    public bool IsUtc { get; init; }

    /// <summary>Of a text, whether it is one of JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Of an array, how many items each has; of a decimal number, how many digits.</summary>
    public int Width { get; init; }

    /// <summary>What a list or array holds, the fields of a structure, or the key and the value of a map.</summary>
    public IReadOnlyList<Column> Parts { get; init; } = [];

    /// <summary>Whether values of another are of this one: what SQL calls them is not all of it.</summary>
    public bool IsSame(ColumnType other) => Name == other.Name && IsJson == other.IsJson && Width == other.Width
        && Parts.Count == other.Parts.Count
        && Parts.Zip(other.Parts).All(one => one.First.Type.IsSame(one.Second.Type));

    /// <summary>Whether it is one of floating-point numbers, or has such in it.</summary>
    public bool HasFloats => Kind is ColumnKind.Float or ColumnKind.Double || Parts.Any(one => one.Type.HasFloats);
}

/// <summary>A column of a table, or a part of one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record Column(string Name, ColumnType Type)
{
    /// <summary>Of a row that a source could not read, why not: a name that no table has.</summary>
    public static readonly Column Unread = new("envelope unread", new(ColumnKind.Text, "VARCHAR"));

    /// <summary>
    /// Those of some columns that a name means: the one that is called so, and else all that are but for their case, as
    /// in SQL.
    /// </summary>
    public static IReadOnlyList<Column> Called(string name, IReadOnlyList<Column> columns)
    {
        var alike = columns.Where(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        var same = alike.FindAll(one => one.Name == name);
        return same.Count > 0 ? same : alike;
    }
}
