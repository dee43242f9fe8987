using EnvelopeSdk.Authoring;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Tables;

namespace EnvelopeSdk;

/// <summary>Saves models in envelopes and loads them again.</summary>
public static partial class Envelope
{
    /// <summary>Saves a trained model in a new envelope. Either the whole envelope is saved, or nothing is.</summary>
    /// <typeparam name="TModel">A class marked with <see cref="EnvelopeModelAttribute"/>.</typeparam>
    /// <param name="model">The trained model. Nobody is to use or change it until it is saved.</param>
    /// <param name="info">What to say about it.</param>
    /// <param name="store">Where to; the default store if absent.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <returns>
    /// The saved envelope. The same model saved again gives the same one: tags, metrics, time, user and CI job are
    /// written into its journal.
    /// </returns>
    /// <exception cref="EnvelopeException">
    /// A name or value is not valid, an example has an argument that a service would refuse, a query with a table has
    /// no example, the state cannot be stored or read again, the model that is loaded from it answers an example
    /// otherwise, or the store cannot be written.
    /// </exception>
    public static async Task<EnvelopeReference> SaveAsync<TModel>(
        TModel model, EnvelopeInfo? info = null, IEnvelopeStore? store = null,
        CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        info ??= new EnvelopeInfo();
        store ??= EnvelopeStore.Default;
        var warnings = new SaveWarnings(info.OnWarning);
        SaveChecks.CheckLabels(info.Tags, info.Metrics.Keys);
        SaveChecks.CheckMetrics(info.Metrics, warnings);
        var examples = await ExampleCulture.RecordAsync(info.Examples, info.Culture, warnings);
        var record = await DescribeAsync<TModel>(info, examples, cancellationToken);
        ExampleCheck.Check(examples, record.Schema);

        await using var staged = await store.StageAsync(cancellationToken);
        var packer = new EnvelopePacker(staged);
        var state = new PackedState(packer);
        await model.SaveStateAsync(state, cancellationToken);
        await AssemblyCapture.AddAsync(packer, typeof(TModel).Assembly, record.Packages, warnings, cancellationToken);
        if (examples.Count > 0)
        {
            var json = EnvelopeJsonContext.Write(examples, c => c.IReadOnlyListPredictionExample);
            await packer.AddAsync(EnvelopeContent.ExamplesPath, ModelPackMediaTypes.Dataset, json, cancellationToken);
        }

        var digest = await packer.FinishAsync(record with { State = state.Stored }, cancellationToken);
        await SaveChecks.CheckLoadsAsync<TModel>(
            staged,
            digest,
            state,
            examples.Count == 0
                ? null
                : loaded => LoadedAnswers.CheckAsync(loaded, examples, info.Culture, warnings, cancellationToken),
            cancellationToken);
        var (known, last) = await KnownAsync(store, new(record.Name, digest), cancellationToken);
        return await staged.CommitAsync(
            record.Name, digest, SaveEvents.Of(info, digest, known, last), [], cancellationToken);
    }

    /// <summary>
    /// What a store knows, so that what happens now is later. A store that cannot be reached may not cost the training:
    /// the commit says so then, and keeps the envelope elsewhere.
    /// </summary>
    private static async Task<(EnvelopeJournal Known, DateTimeOffset? Last)> KnownAsync(
        IEnvelopeStore store, EnvelopeReference saved, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await store.ReadJournalAsync(saved, cancellationToken),
                await store.LastSavedAsync(saved.Name, cancellationToken));
        }
        catch (EnvelopeException)
        {
            return (EnvelopeJournal.Empty, null); // also what stands between may answer, and anything
        }
    }

    /// <summary>Loads a model into this process.</summary>
    /// <typeparam name="TModel">The class that was saved.</typeparam>
    /// <param name="reference">
    /// A name (the newest envelope of it), <c>name@sha256:...</c>, the path of a <c>.envelope</c> file, or the address
    /// of an envelope in an OCI registry, <c>oci://host/repository:tag</c> or <c>oci://host/repository@sha256:...</c>.
    /// </param>
    /// <param name="store">Where from; the default store if absent.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="EnvelopeException">
    /// There is no such envelope, it is damaged, or it holds another model.
    /// </exception>
    public static async Task<TModel> LoadAsync<TModel>(
        string reference, IEnvelopeStore? store = null, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(reference);
        var resolved = await EnvelopeResolver.OpenAsync(reference, store ?? EnvelopeStore.Default, cancellationToken);
        return await LoadAsync<TModel>(resolved.Content, cancellationToken);
    }

    /// <summary>Loads the model of an open envelope into this process.</summary>
    /// <typeparam name="TModel">The class that was saved.</typeparam>
    /// <param name="content">The envelope.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="EnvelopeException">The envelope is damaged, or it holds another model.</exception>
    public static async Task<TModel> LoadAsync<TModel>(
        EnvelopeContent content, CancellationToken cancellationToken = default)
        where TModel : IEnvelopeModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(content);
        BuiltWith.Contract(typeof(TModel).Assembly);
        var saved = content.Record;
        if (saved.Model.Type != typeof(TModel).FullName)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The envelope '{saved.Name}' holds a {saved.Model.Type}, not a {typeof(TModel).FullName}.");
        }

        var changes = SchemaComparison.CompareDerived(saved.Schema, ModelSchema.Parse(TModel.SchemaJson));
        return changes.FirstOrDefault(change => change.IsBreaking) is { } breaking
            ? throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The predict methods of {saved.Model.Type} are not those that the envelope '{saved.Name}' was saved "
                + $"with: at '{breaking.Pointer}': {breaking.Reason} Load it with the class as it was then, or train "
                + "and save the model again.")
            : await TModel.LoadStateAsync(new StateReader(content), cancellationToken);
    }

    private static async Task<EnvelopeRecord> DescribeAsync<TModel>(
        EnvelopeInfo info, IReadOnlyList<PredictionExample> examples, CancellationToken cancellationToken)
        where TModel : IEnvelopeModel<TModel>
    {
        var assembly = typeof(TModel).Assembly;
        var name = assembly.GetName().Name!;
        var contract = BuiltWith.Contract(assembly);
        var packages = BuiltWith.Packages(assembly);
        RunningPackages.Check(packages, name);
        return new EnvelopeRecord
        {
            Name = EnvelopeName.Check(info.Name ?? TModel.EnvelopeName),
            Description = info.Description,
            Model = new(typeof(TModel).FullName!, name, contract.Number, contract.Platform),
            State = [],
            Hyperparameters = new(
                info.Hyperparameters.ToDictionary(p => p.Key, p => p.Value.Json), StringComparer.Ordinal),
            Schema = FrozenColumns.AddTo(ModelSchema.Parse(TModel.SchemaJson), examples),
            Culture = info.Culture.Name,
            Configuration = RuntimeCapture.Capture(),
            Packages = packages,
            Provenance = await ProvenanceCapture.CaptureAsync(cancellationToken),
        };
    }
}
