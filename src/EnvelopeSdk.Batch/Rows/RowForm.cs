using System.ComponentModel;
using EnvelopeSdk.Binding;

namespace EnvelopeSdk.Batch.Rows;

/// <summary>
/// How the arguments of a query are read from JSON and from rows. The job's generator makes one for each.
/// </summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">The type of the answer; of a stream, of its items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RowForm<TArguments, TAnswer> : JsonForm<TArguments, TAnswer>
    where TArguments : struct
{
    /// <summary>Reads the arguments of a row, with the checks of those of a request.</summary>
    /// <param name="input">The row; receives what is wrong with it.</param>
    /// <returns>The arguments; meaningless when something is wrong.</returns>
    /// <exception cref="NotSupportedException">The query takes a table: many rows are read at once.</exception>
    public TArguments Read(ref RowInput input)
    {
        var arguments = default(TArguments);
        Read(ref input, ref arguments);
        return arguments;
    }

    /// <inheritdoc cref="Read(ref RowInput)"/>
    /// <param name="input">The row; receives what is wrong with it.</param>
    /// <param name="arguments">Receives them; meaningless when something is wrong.</param>
    public virtual void Read(ref RowInput input, ref TArguments arguments) => throw new NotSupportedException();
}
