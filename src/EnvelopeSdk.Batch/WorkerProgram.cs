using System.ComponentModel;
using System.Reflection;
using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch;

/// <summary>
/// The program of a worker: one file with its envelope in it, which engines that distribute work start for each
/// partition of a table. A project of the SDK <c>EnvelopeSdk.Batch</c> with <c>EnvelopeWorker</c> calls it.
/// </summary>
public static class WorkerProgram
{
    /// <summary>Answers an Arrow stream on the standard input with one on the standard output.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="binding">How the model is loaded and called.</param>
    /// <param name="arguments">The arguments of the program; <c>--help</c> lists them.</param>
    /// <returns>
    /// 0 when all is done, 1 when a row cannot be answered, 2 when the arguments or columns are wrong, 3 when there
    /// is no envelope in it, 4 when the envelope is damaged, 5 when the input is torn or the output is closed, 6 when
    /// the envelope is newer than the program, 130 when it was interrupted.
    /// </returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task<int> RunAsync<TModel>(ModelBinding<TModel> binding, string[] arguments)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(arguments);
        return WorkerCommand.RunAsync(
            async cancellation => await ServedModel.OpenAsync(
                binding, await EmbeddedEnvelope.OpenAsync(Assembly.GetEntryAssembly()!, cancellation), cancellation),
            arguments);
    }
}
