using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

public class PredictionPoolTests
{
    private const int Threads = 8;
    private const int CallsPerThread = 5_000;

    [Fact]
    public async Task Many_threads_get_the_answers_of_one_and_share_few_engines()
    {
        var pipeline = new CountingTransformer(Training.Train());
        var pool = new PredictionPool<Flat, RentScore>(pipeline);
        var expected = Training.Flats.Select(flat => pool.Predict(flat).Score).ToList();
        var wrong = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var call = 0; call < CallsPerThread; call++)
                {
                    var row = (call + (thread * 31)) % expected.Count;
                    if (BitConverter.SingleToInt32Bits(pool.Predict(Training.Flats[row]).Score) != BitConverter.SingleToInt32Bits(expected[row]))
                    {
                        wrong.Add(row);
                    }
                }
            },
            TaskCreationOptions.LongRunning)));

        Assert.Empty(wrong);
        Assert.InRange(pipeline.Engines, 1, 10 * Threads); // of 40,000 calls; those that are one too many are made anew
    }

    [Fact]
    public void One_thread_needs_one_engine()
    {
        var pipeline = new CountingTransformer(Training.Train());
        var pool = new PredictionPool<Flat, RentScore>(pipeline);
        Training.Flats.ToList().ForEach(flat => pool.Predict(flat));

        Assert.Equal(1, pipeline.Engines);
    }

    [Fact]
    public void A_pool_tells_the_schema_of_its_pipeline_and_does_not_overrule_what_was_told()
    {
        var untold = Training.Train();
        _ = new PredictionPool<Flat, RentScore>(untold);
        var told = Training.Train().WithInputSchema(Training.Data.Schema);
        _ = new PredictionPool<Flat, RentScore>(told);

        Assert.Equal(["Area", "Floor", "District", "Label"], untold.InputSchema()!.Select(column => column.Name));
        Assert.Same(Training.Data.Schema, told.InputSchema());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_pool_takes_vectors_of_the_width_that_the_training_data_had(bool isGiven)
    {
        var ml = new MLContext(seed: 1);
        var definition = SchemaDefinition.Create(typeof(Measures));
        definition[nameof(Measures.Values)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        var rows = Enumerable.Range(0, 60).Select(i => new Measures { Values = [i, i % 7, 1], Grade = (uint)(i % 3) + 1, Label = i * 2 }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows, definition);
        ITransformer pipeline = ml.Transforms.Conversion.MapKeyToVector("Hot", nameof(Measures.Grade))
            .Append(ml.Transforms.Concatenate("Features", nameof(Measures.Values), "Hot"))
            .Append(ml.Regression.Trainers.Sdca()).Fit(data);
        var pool = isGiven
            ? new PredictionPool<Measures, RentScore>(pipeline, data.Schema)
            : new PredictionPool<Measures, RentScore>(pipeline.WithInputSchema(data.Schema));
        var scores = ml.Data.CreateEnumerable<RentScore>(pipeline.Transform(data), reuseRowObject: false).Select(row => row.Score);

        Assert.Equal(scores, rows.Select(row => pool.Predict(row).Score));
        Assert.Same(data.Schema, pipeline.InputSchema());

        // What a caller gets wrong is refused in words, and the pool goes on.
        var refused = Assert.Throws<PredictionRefusedException>(() => pool.Predict(new Measures { Values = [1, 2], Grade = 1 }));
        Assert.Equal("The column 'Values' takes 3 values and got 2.", refused.Reason);
        Assert.NotNull(refused.InnerException);
        Assert.Equal(scores.First(), pool.Predict(rows[0]).Score);
    }

    private sealed class Measures
    {
        [KeyType(3)]
        public uint Grade { get; set; }

        public float[] Values { get; set; } = [];

        public float Label { get; set; }
    }

    [Fact]
    public void A_pipeline_that_does_not_fit_the_class_is_noticed_when_the_pool_is_made()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => new PredictionPool<RentScore, RentScore>(Training.Train()));

        Assert.Contains("District", failure.Message, StringComparison.Ordinal);
    }
}
