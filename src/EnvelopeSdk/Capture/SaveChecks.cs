using System.Globalization;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>What is looked at before a save counts.</summary>
internal static class SaveChecks
{
    /// <exception cref="EnvelopeException">A tag has no name or no value, or a metric has no name.</exception>
    public static void CheckLabels(IDictionary<string, string> tags, IEnumerable<string> metrics)
    {
        if (tags.Keys.Concat(metrics).FirstOrDefault(string.IsNullOrWhiteSpace) is { } blank)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"A {(tags.ContainsKey(blank) ? "tag" : "metric")} has no name. Give it one.");
        }

        if (tags.FirstOrDefault(tag => tag.Value is null) is { Key: { } name })
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The tag '{name}' is null, which cannot be stored. Leave it out, or give it a value.");
        }
    }

    /// <summary>A metric that is no number tells of a fault, and is no reason to lose the model.</summary>
    public static void CheckMetrics(MetricCollection metrics, SaveWarnings warnings)
    {
        foreach (var (name, metric) in metrics.Where(metric => metric.Value.Fault is not null))
        {
            warnings.Add($"The metric '{name}' is not recorded. {metric.Fault}");
        }

        foreach (var (name, metric) in metrics.Where(metric => !double.IsFinite(metric.Value.Number ?? 0)))
        {
            var value = metric.Number;
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The metric '{name}' is {value} and is recorded as that. No query for envelopes finds it by a bound; "
                + $"find out why it is not a finite number."));
        }
    }

    /// <summary>Loads the model of what was written, as a service will.</summary>
    /// <exception cref="EnvelopeException">It cannot be loaded, or the check found a fault.</exception>
    public static async Task CheckLoadsAsync<TModel>(
        IStagedEnvelope staged, Digest digest, PackedState state, Func<object, Task>? check,
        CancellationToken cancellationToken)
        where TModel : IEnvelopeModel<TModel>
    {
        var content = await OpenAsync(staged, digest, cancellationToken);
        var lent = IsDisposable<TModel>() ? null : new LentState(state); // it could give away what it only borrows
        var loaded = await LoadAsync<TModel>(content, lent, cancellationToken);
        if (lent is not null && await lent.RestoreAsync(content))
        {
            // Its constructor changes what it is given, so it has to be given something else.
            lent = null;
            loaded = await LoadAsync<TModel>(content, null, cancellationToken);
        }

        if (check is not null)
        {
            await CheckAsync(content, lent, () => check(loaded)); // one that fails is not disposed of: it is to be told
        }

        await DisposeAsync(loaded);
    }

    private static bool IsDisposable<TModel>() =>
        typeof(IDisposable).IsAssignableFrom(typeof(TModel))
        || typeof(IAsyncDisposable).IsAssignableFrom(typeof(TModel));

    /// <summary>Calls a model that may have borrowed arrays, and puts back what it changes in them.</summary>
    private static async Task CheckAsync(EnvelopeContent content, LentState? lent, Func<Task> check)
    {
        try
        {
            await check();
        }
        finally
        {
            if (lent is not null)
            {
                await lent.RestoreAsync(content);
            }
        }
    }

    private static async Task<EnvelopeContent> OpenAsync(
        IStagedEnvelope staged, Digest digest, CancellationToken cancellationToken)
    {
        var manifest = new MemoryStream();
        await using (var stored = (await staged.Content.OpenAsync(digest, cancellationToken))!)
        {
            await stored.CopyToAsync(manifest, cancellationToken);
        }

        return await EnvelopeContent.OpenAsync(manifest.ToArray(), staged.Content, cancellationToken);
    }

    private static async Task<TModel> LoadAsync<TModel>(
        EnvelopeContent content, LentState? lent, CancellationToken cancellationToken)
        where TModel : IEnvelopeModel<TModel>
    {
        try
        {
            return await TModel.LoadStateAsync(new StateReader(content, lent), cancellationToken);
        }
        catch (Exception failure)
        {
            if (lent is not null)
            {
                await lent.RestoreAsync(content); // a constructor may have changed something before it failed
            }

            throw failure is OperationCanceledException ? failure : Unusable<TModel>(failure);
        }
    }

    private static EnvelopeException Unusable<TModel>(Exception failure) => new(
        EnvelopeError.Invalid,
        $"The state of {typeof(TModel).FullName} was written, and a model cannot be made of it again: "
        + $"{failure.Message.TrimEnd('.')}. Nothing was saved. A service calls the constructor with what is read back; "
        + "look at it, and at the codecs of its parameters.",
        failure);

    private static async ValueTask DisposeAsync<TModel>(TModel loaded)
    {
        try
        {
            if (loaded is IAsyncDisposable waits)
            {
                await waits.DisposeAsync();
            }
            else
            {
                (loaded as IDisposable)?.Dispose();
            }
        }
        catch (Exception failure)
        {
            throw Unusable<TModel>(failure);
        }
    }
}
