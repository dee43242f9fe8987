using EnvelopeSdk.Tables;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// Converts the tables of a framework, whose types do not say their columns, to columns that the SDK knows, and back. A
/// framework room offers its codecs with <see cref="TableCodecAttribute"/>; the generator picks the codec of a
/// parameter or answer by its type. A codec is called from many threads at once.
/// </summary>
/// <typeparam name="T">The framework's type of a table.</typeparam>
public interface ITableCodec<T>
    where T : class
{
    /// <summary>Copies a table's columns and rows.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="EnvelopeException">
    /// A column has a type that JSON cannot carry; the message names it.
    /// </exception>
    TableData ToData(T table);

    /// <summary>
    /// Makes a table whose columns have the types that those of the table had which <paramref name="data"/> was
    /// described by.
    /// </summary>
    /// <param name="data">The columns and rows. They are not changed afterwards, so the table may keep them.</param>
    T FromData(TableData data);
}
