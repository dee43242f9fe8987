using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>
/// A table that a query takes or answers, with the columns that are frozen in its envelope. It knows nothing of HTTP,
/// and serves any number of threads.
/// </summary>
/// <typeparam name="T">The framework's type of a table.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TableBinding<T>
    where T : class
{
    private readonly ITableCodec<T> _codec;
    private readonly RowBinding _rows;
    private readonly bool _nullable;

    /// <summary>Binds a parameter, or the answer.</summary>
    /// <param name="query">The query, of a frozen schema.</param>
    /// <param name="parameter">The parameter's name; null for the answer.</param>
    /// <param name="codec">The codec of its type.</param>
    /// <exception cref="EnvelopeException">The schema does not say the columns.</exception>
    public TableBinding(QuerySchema query, string? parameter, ITableCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(query);
        var type = parameter is null ? query.Returns : query.Parameters.Single(one => one.Name == parameter).Type;
        var columns = type.Columns ?? throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"The envelope's schema does not say the columns of a table of the query '{query.Name}'. Save the model "
            + "again.");
        (_codec, _rows, _nullable) = (codec, new RowBinding(columns), type.Nullable);
    }

    /// <summary>Reads an array of objects, one for each row.</summary>
    /// <param name="input">At the array.</param>
    /// <returns>The rows; meaningless when <paramref name="input"/> has errors.</returns>
    public TableData Read(ref JsonInput input) => _rows.Read(ref input);

    /// <summary>Makes the argument of a call.</summary>
    /// <param name="data">What <see cref="Read"/> gave, or null for a table that may be null.</param>
    [return: NotNullIfNotNull(nameof(data))]
    public T? ToTable(TableData? data) => data is null ? null : _codec.FromData(data);

    /// <summary>Takes an answer apart.</summary>
    /// <param name="answer">What the model answered.</param>
    /// <returns>Its rows, with the columns in the order of the schema; null for a table that may be null.</returns>
    /// <exception cref="ModelAnswerException">
    /// It is null and may not be, or its columns are not those of the schema.
    /// </exception>
    [return: NotNullIfNotNull(nameof(answer))]
    public TableData? ToData(T? answer)
    {
        if (answer is null)
        {
            return _nullable ? null : throw JsonOutput.UnexpectedNull("a table");
        }

        try
        {
            return _rows.Check(_codec.ToData(answer));
        }
        catch (EnvelopeException unwritable)
        {
            throw new ModelAnswerException(unwritable.Message); // a column that no example had
        }
    }
}
