namespace EnvelopeSdk.Batch.Answers;

/// <summary>A column of a table for some rows, all of which have a value until it is set or taken away.</summary>
internal abstract class Target
{
    /// <summary>Sets the values of all rows, of a fixed width.</summary>
    public abstract void Fill<T>(ReadOnlySpan<T> values)
        where T : unmanaged;

    /// <summary>Sets a string in UTF-8, or bytes.</summary>
    public abstract void SetBytes(int row, ReadOnlySpan<byte> value);

    /// <summary>Says where the items of a list are.</summary>
    public abstract void SetRange(int row, int start, int count);

    /// <summary>Says that a row has no value.</summary>
    public abstract void SetNull(int row);

    /// <summary>A field of structures.</summary>
    public abstract Target Field(int index);

    /// <summary>The items of all lists, when it is known how many they are.</summary>
    public abstract Target Items(int count);
}
