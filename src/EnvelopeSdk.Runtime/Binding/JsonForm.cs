using System.ComponentModel;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Binding;

/// <summary>
/// The JSON of a query's arguments and of its answer: what examples are recorded in, and what HTTP carries.
/// </summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">The type of the answer; of a stream, that of an item.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonForm<TArguments, TAnswer>
    where TArguments : struct
{
    /// <summary>
    /// Tells where the query's frozen schema is, once and before the first call. Forms of tables take the columns from
    /// it; others do without, so that it need not be read.
    /// </summary>
    /// <param name="schema">Gives the query, as the envelope has it.</param>
    public virtual void Use(Func<QuerySchema> schema)
    {
    }

    /// <summary>Reads the arguments of one call.</summary>
    /// <param name="input">At the first byte of the object that holds them; left behind its last one.</param>
    /// <returns>The arguments; meaningless when <paramref name="input"/> has errors.</returns>
    public TArguments Read(ref JsonInput input)
    {
        var arguments = default(TArguments);
        Read(ref input, ref arguments);
        return arguments;
    }

    /// <summary>Reads the arguments of one call to where they are kept: many are not worth copying once more.</summary>
    /// <param name="input">At the first byte of the object that holds them; left behind its last one.</param>
    /// <param name="arguments">
    /// Receives them, whatever it held before; meaningless when <paramref name="input"/> has errors.
    /// </param>
    public abstract void Read(ref JsonInput input, ref TArguments arguments);

    /// <summary>Writes an answer.</summary>
    /// <param name="output">Receives one JSON value.</param>
    /// <param name="answer">The answer; of a stream, one item.</param>
    /// <exception cref="ModelAnswerException">The answer is none of its type: the schema does not have it.</exception>
    public abstract void Write(JsonOutput output, TAnswer answer);
}
