using System.Text.Json;

namespace EnvelopeSdk.Serving.Tests;

/// <summary>A saved meter of factor 2 that is served, be it loaded or not.</summary>
internal sealed class ServedMeter : IDisposable
{
    private readonly DirectoryInfo _directory;

    private ServedMeter(DirectoryInfo directory, ServedModel model) => (_directory, Model) = (directory, model);

    public ServedModel Model { get; }

    public IQueryCall<PredictArguments, double>? Predict =>
        ((ServedQuery<PredictArguments, double>)Model.Queries.Single(query => query.Name == "predict")).Call;

    public IQueryCall<EachArguments, IAsyncEnumerable<double>>? Each =>
        ((ServedQuery<EachArguments, IAsyncEnumerable<double>>)Model.Queries.Single(query => query.Name == "each")).Call;

    public static async Task<ServedMeter> OpenAsync(params PredictionExample[] examples)
    {
        var directory = Directory.CreateTempSubdirectory("served-meter-");
        var store = EnvelopeStore.Open(directory.FullName);
        await Envelope.SaveAsync(new Meter(2), new EnvelopeInfo { Examples = examples }, store);
        return new(directory, await ServedModel.OpenAsync(new MeterBinding(), await store.OpenAsync("meter")));
    }

    public static PredictionExample Example(string query, string input, string output) =>
        new(query, JsonElement.Parse(input), JsonElement.Parse(output));

    public Task<IReadOnlyList<ReplayedExample>> LoadAsync(params ICallDecorator[] decorators) =>
        Model.LoadAsync(decorators, default);

    public void Dispose() => _directory.Delete(recursive: true);
}
