namespace EnvelopeSdk.Serving;

/// <summary>One query of a loaded model, ready to be called from any number of threads.</summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TAnswer">The type of the answer.</typeparam>
public interface IQueryCall<TArguments, TAnswer>
    where TArguments : struct
{
    /// <summary>Calls the model.</summary>
    /// <param name="arguments">The arguments, which have been checked.</param>
    /// <param name="cancellationToken">Is cancelled when the caller goes away.</param>
    /// <returns>The answer.</returns>
    ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken);

    /// <summary>Shows each argument, with its type, in the order of the method's parameters.</summary>
    /// <param name="arguments">The arguments of a call.</param>
    /// <param name="visitor">Is shown them.</param>
    void Visit(in TArguments arguments, IArgumentVisitor visitor);
}
