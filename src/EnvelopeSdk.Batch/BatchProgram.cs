using System.ComponentModel;
using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch;

/// <summary>
/// The program of a batch job. A project of the SDK <c>EnvelopeSdk.Batch</c> calls the generated
/// <c>EnvelopeBatch.RunAsync</c>, which calls this.
/// </summary>
public static class BatchProgram
{
    private const string EnvelopeDirectory = "envelope";

    /// <summary>Turns a table into one with answers, as the arguments and <c>appsettings.json</c> say.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="binding">How the model is loaded and called.</param>
    /// <param name="arguments">The arguments of the program; <c>--help</c> lists them.</param>
    /// <returns>
    /// 0 when all is done, 1 when rows could not be answered or what is there is another job's, 2 when the arguments
    /// or columns are wrong, 3 when something is not there, 4 when the envelope is damaged, 5 when something cannot be
    /// read or written just now, 6 when the envelope is newer than the program, 130 when it was interrupted.
    /// </returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task<int> RunAsync<TModel>(ModelBinding<TModel> binding, string[] arguments)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(arguments);
        return BatchCommand.RunAsync(
            async cancellation => await ServedModel.OpenAsync(
                binding,
                await UnpackedEnvelope.OpenAsync(
                    Path.Combine(AppContext.BaseDirectory, EnvelopeDirectory), cancellation),
                cancellation),
            Path.Combine(AppContext.BaseDirectory, BatchSettings.FileName), arguments);
    }
}
