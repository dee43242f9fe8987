using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Serving;

/// <summary>
/// A model that is served, be it loaded yet or not. It knows nothing of the way in which calls come in.
/// </summary>
public abstract class ServedModel
{
    private protected ServedModel(EnvelopeContent content, IReadOnlyList<PredictionExample> examples) =>
        (Content, Examples) = (content, examples);

    /// <summary>The envelope that the model is in.</summary>
    public EnvelopeContent Content { get; }

    /// <summary>The examples that were recorded when the envelope was saved.</summary>
    public IReadOnlyList<PredictionExample> Examples { get; }

    /// <summary>The model's queries, sorted by name.</summary>
    public abstract IReadOnlyList<ServedQuery> Queries { get; }

    /// <summary>
    /// Whether the model was trained without culture data, where this process is configured otherwise; null where it is
    /// configured alike.
    /// </summary>
    internal bool? OtherGlobalization =>
        Content.Head.IsInvariant is { } was && was != ModelCulture.IsInvariantGlobalization() ? was : null;

    /// <summary>Whether callers are let in.</summary>
    public bool IsLoaded { get; private protected set; }

    /// <summary>Prepares to serve the model of an envelope.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="binding">How it is loaded and called.</param>
    /// <param name="content">The envelope.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged, or does not fit the model class.</exception>
    public static async Task<ServedModel> OpenAsync<TModel>(
        ModelBinding<TModel> binding, EnvelopeContent content, CancellationToken cancellationToken = default)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(content);
        return new ServedModel<TModel>(binding, content, await content.ReadExamplesAsync(cancellationToken));
    }

    /// <summary>
    /// Loads the model, answers each recorded example once more, so that the first caller does not wait for code to be
    /// compiled, and lets callers in.
    /// </summary>
    /// <param name="decorators">Put around every call, the first the outermost.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <returns>The examples that are not answered as they were when the envelope was saved.</returns>
    /// <exception cref="EnvelopeException">The envelope is damaged, or does not fit the model class.</exception>
    public abstract Task<IReadOnlyList<ReplayedExample>> LoadAsync(
        IReadOnlyList<ICallDecorator> decorators, CancellationToken cancellationToken);
}

/// <summary>An example that is not answered as it was.</summary>
/// <param name="Recorded">The example.</param>
/// <param name="Answer">What is answered now, as JSON; null when the model failed.</param>
/// <param name="Failure">What the model threw; null when it answered.</param>
public sealed record ReplayedExample(PredictionExample Recorded, string? Answer, Exception? Failure);

/// <summary>A model of a class that is served.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
internal sealed class ServedModel<TModel> : ServedModel
    where TModel : class
{
    private readonly ModelBinding<TModel> _binding;
    private readonly IReadOnlyList<IModelQuery<TModel>> _queries;

    internal ServedModel(
        ModelBinding<TModel> binding, EnvelopeContent content, IReadOnlyList<PredictionExample> examples)
        : base(content, examples)
    {
        _binding = binding;
        _queries = binding.CreateQueries();
        Queries = [.. _queries.Select(query => query.Served)];
        foreach (var query in Queries)
        {
            if (!content.Head.Queries.Contains(query.Name))
            {
                throw new EnvelopeException(
                    EnvelopeError.Mismatch,
                    $"The envelope '{content.Head.Name}' has no query '{query.Name}'. Build the service again.");
            }

            query.Use(() => content.Record.Schema.Queries.First(one => one.Name == query.Name));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ServedQuery> Queries { get; }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ReplayedExample>> LoadAsync(
        IReadOnlyList<ICallDecorator> decorators, CancellationToken cancellationToken)
    {
        // Of this method alone: the culture of an asynchronous method ends with it.
        var culture = ModelCulture.Of(Content.Head.Culture);
        ModelCulture.Enter(culture);
        var model = await _binding.LoadAsync(new StateReader(Content), cancellationToken);
        var turn = new SemaphoreSlim(1, 1);
        foreach (var query in _queries)
        {
            query.Load(model, culture, turn, decorators);
        }

        var different = await ReplayAsync(cancellationToken);
        foreach (var query in Queries)
        {
            query.Open();
        }

        IsLoaded = true;
        return different;
    }

    private async Task<IReadOnlyList<ReplayedExample>> ReplayAsync(CancellationToken cancellationToken)
    {
        var different = new List<ReplayedExample>();
        foreach (var example in Examples)
        {
            try
            {
                var query = Queries.First(query => query.Name == example.Query);
                if (await query.ReplayAsync(example, cancellationToken) is { } answer)
                {
                    different.Add(new(example, answer, null));
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                different.Add(new(example, null, failure));
            }
        }

        return different;
    }
}
