namespace EnvelopeSdk.Batch.Columns;

/// <summary>The values of a column for some rows.</summary>
internal abstract class Vector
{
    /// <summary>The items of lists, arrays and maps, or the fields of structures.</summary>
    public abstract IReadOnlyList<Vector> Parts { get; }

    /// <summary>Where values of a fixed width lie, one behind the other.</summary>
    public abstract nint Data { get; }

    /// <summary>Where the bits lie, the lowest first, that say which rows have a value; zero where all have.</summary>
    public abstract nint Validity { get; }

    /// <summary>
    /// Whether strings lie there as those of DuckDB (<c>string_t</c>): in 4 bytes their length, and in the 12 behind it,
    /// filled up with zeros, those that have no more bytes.
    /// </summary>
    public virtual bool HasShortTexts => false;

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsNull(int row);

    /// <summary>A value of a fixed width.</summary>
    public abstract T Read<T>(int row)
        where T : unmanaged;

    /// <summary>A decimal number without its point.</summary>
    public abstract Int128 Unscaled(int row);

    /// <summary>A UUID.</summary>
    public abstract Guid Uuid(int row);

    /// <summary>A string in UTF-8, or bytes.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int row);

    /// <summary>Where the items of a list, array or map are.</summary>
    public abstract (int Start, int Count) Range(int row);
}

/// <summary>A span of time: its parts are added up as a calendar does.</summary>
/// <param name="Months">Months.</param>
/// <param name="Days">Days.</param>
/// <param name="Microseconds">Microseconds.</param>
internal readonly record struct CalendarSpan(int Months, int Days, long Microseconds);
