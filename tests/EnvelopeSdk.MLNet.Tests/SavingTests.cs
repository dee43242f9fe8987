using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

public sealed class SavingTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("envelope-mlnet-test-");

    private IEnvelopeStore Store => EnvelopeStore.Open(Path.Combine(_directory.FullName, "store"));

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_loaded_model_answers_with_the_same_bits()
    {
        var saved = new Rent(Training.Train());
        await Envelope.SaveAsync(saved, store: Store);
        var loaded = await Envelope.LoadAsync<Rent>("rent", Store);

        Assert.Equal(Answers(saved), Answers(loaded));
        Assert.True(Answers(saved).Distinct().Count() > 50); // it has learned something
    }

    [Fact]
    public async Task The_schema_of_the_input_comes_back_with_names_and_types()
    {
        await Envelope.SaveAsync(new Rent(Training.Train()), store: Store);
        var schema = (await Envelope.LoadAsync<Rent>("rent", Store)).Pipeline.InputSchema();

        Assert.Equal(
            [("Area", NumberDataViewType.Single), ("Floor", NumberDataViewType.Single), ("District", TextDataViewType.Instance), ("Label", NumberDataViewType.Single)],
            schema!.Select(column => (column.Name, column.Type)));
    }

    [Fact]
    public async Task The_same_pipeline_gives_the_same_bytes_at_another_time_and_after_loading()
    {
        var first = await Envelope.SaveAsync(new Rent(Training.Train()), store: Store);
        await Task.Delay(TimeSpan.FromSeconds(2.1)); // the resolution of times in a zip

        Assert.Equal(first, await Envelope.SaveAsync(new Rent(Training.Train()), store: Store));
        Assert.Equal(first, await Envelope.SaveAsync(await Envelope.LoadAsync<Rent>("rent", Store), store: Store));
    }

    [Fact]
    public async Task A_pipeline_whose_schema_nobody_told_is_refused_with_the_two_cures()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => Envelope.SaveAsync(new Bare(Training.Train()), store: Store));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains("PredictionPool", failure.Message, StringComparison.Ordinal);
        Assert.Contains("WithInputSchema(data.Schema)", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Store.ListNamesAsync());
    }

    [Fact]
    public async Task Telling_the_schema_cures_it()
    {
        await Envelope.SaveAsync(new Bare(Training.Train().WithInputSchema(Training.Data.Schema)), store: Store);

        Assert.True((await Envelope.LoadAsync<Bare>("bare", Store)).IsTrained());
    }

    [Fact]
    public async Task The_state_is_a_model_file_that_ML_NET_itself_loads()
    {
        await Envelope.SaveAsync(new Rent(Training.Train()), store: Store);
        await using var file = await (await Store.OpenAsync("rent")).OpenAsync("state/pipeline/model.zip");
        var pipeline = new MLContext().Model.Load(file, out var schema);

        Assert.Equal("Score", pipeline.GetOutputSchema(schema)["Score"].Name);
    }

    private static List<int> Answers(Rent model) =>
        [.. Training.Flats.Select(flat => BitConverter.SingleToInt32Bits(model.Predict(flat.Area, flat.Floor, flat.District)))];
}
