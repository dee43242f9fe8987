using System.Globalization;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tables;

namespace EnvelopeSdk;

/// <summary>Saves models in envelopes and loads them again.</summary>
public static class Envelope
{
    /// <summary>Saves a trained model in a new envelope. Either the whole envelope is saved, or nothing is.</summary>
    /// <typeparam name="TModel">A class marked with <see cref="EnvelopeModelAttribute"/>.</typeparam>
    /// <param name="model">The trained model.</param>
    /// <param name="info">What to say about it.</param>
    /// <param name="store">Where to; the default store if absent.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <returns>The saved envelope. The same model saved again from the same place gives the same one.</returns>
    /// <exception cref="EnvelopeException">A name or value is not valid, an example has an argument that a service would refuse, a query with a table has no example, the state cannot be stored, or the store cannot be written.</exception>
    public static async Task<EnvelopeReference> SaveAsync<TModel>(
        TModel model, EnvelopeInfo? info = null, EnvelopeStore? store = null, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        info ??= new EnvelopeInfo();
        store ??= EnvelopeStore.Default;
        var assembly = typeof(TModel).Assembly;
        var packageLock = PackageLock.Of(assembly);
        RunningPackages.Check(packageLock, assembly.GetName().Name!);
        var record = new EnvelopeRecord
        {
            Name = EnvelopeName.Check(info.Name ?? TModel.EnvelopeName),
            Description = info.Description,
            Model = new(typeof(TModel).FullName!, assembly.GetName().Name!),
            Tags = new(info.Tags, StringComparer.Ordinal),
            Metrics = CheckMetrics(info.Metrics),
            Hyperparameters = new(info.Hyperparameters.ToDictionary(p => p.Key, p => p.Value.Json), StringComparer.Ordinal),
            Schema = ModelSchema.Parse(TModel.SchemaJson),
            Packages = packageLock,
            Provenance = await Provenance.CaptureAsync(cancellationToken),
        };
        record = record with { Schema = FrozenColumns.AddTo(record.Schema, info.Examples) };
        ExampleCheck.Check(info.Examples, record.Schema);

        return await store.AddAsync(
            record.Name,
            async packer =>
            {
                await model.SaveStateAsync(new StateWriter(packer), cancellationToken);
                await AssemblyCapture.AddAsync(packer, assembly, packageLock, cancellationToken);
                if (info.Examples.Count > 0)
                {
                    var examples = PackingJsonContext.Write<IReadOnlyList<PredictionExample>>([.. info.Examples], c => c.IReadOnlyListPredictionExample);
                    await packer.AddAsync(EnvelopePacker.ExamplesPath, ModelPackMediaTypes.Dataset, examples, cancellationToken);
                }

                return await packer.FinishAsync(record, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Loads a model into this process.</summary>
    /// <typeparam name="TModel">The class that was saved.</typeparam>
    /// <param name="reference">A name (the newest envelope of it), <c>name@sha256:...</c>, or the path of a <c>.envelope</c> file.</param>
    /// <param name="store">Where from; the default store if absent.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="EnvelopeException">There is no such envelope, it is damaged, or it holds another model.</exception>
    public static async Task<TModel> LoadAsync<TModel>(string reference, EnvelopeStore? store = null, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(reference);
        using var resolved = await EnvelopeResolver.OpenAsync(reference, store ?? EnvelopeStore.Default, cancellationToken);
        return await LoadAsync<TModel>(resolved.Content, cancellationToken);
    }

    /// <summary>Loads the model of an open envelope into this process.</summary>
    /// <typeparam name="TModel">The class that was saved.</typeparam>
    /// <param name="content">The envelope.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged, or it holds another model.</exception>
    public static async Task<TModel> LoadAsync<TModel>(EnvelopeContent content, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(content);
        var saved = content.Record;
        if (saved.Model.Type != typeof(TModel).FullName)
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, $"The envelope '{saved.Name}' holds a {saved.Model.Type}, not a {typeof(TModel).FullName}.");
        }

        if (saved.Schema.Fingerprint != ModelSchema.Parse(TModel.SchemaJson).Fingerprint)
        {
            throw new EnvelopeException(EnvelopeError.Mismatch, $"The predict methods of {saved.Model.Type} are not those that the envelope '{saved.Name}' was saved with. Load it with the class as it was then, or train and save the model again.");
        }

        return await TModel.LoadStateAsync(new StateReader(content), cancellationToken);
    }

    private static SortedDictionary<string, double> CheckMetrics(IDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
        {
            if (!double.IsFinite(value))
            {
                throw new EnvelopeException(EnvelopeError.Invalid, string.Create(CultureInfo.InvariantCulture, $"The metric '{name}' is {value}, which cannot be stored. Leave it out, or find out why it is not a finite number."));
            }
        }

        return new(metrics, StringComparer.Ordinal);
    }
}
