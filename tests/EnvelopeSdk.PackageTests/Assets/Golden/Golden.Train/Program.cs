using EnvelopeSdk;
using EnvelopeSdk.MLNet;
using Golden;
using Microsoft.ML;

var linear = new Linear([0.1, 2, 1e-3], new Scale(1.5), "EUR");
await Envelope.SaveAsync(linear, new EnvelopeInfo
{
    Description = "A model of plain data.",
    Tags = { ["team"] = "golden" },
    Metrics = { ["r2"] = 0.75 },
    Hyperparameters = { ["rate"] = 0.1, ["rounds"] = 3 },
    Examples = [linear.PredictExample([1, 2, 3]), linear.PredictExample([0.1], -10), await linear.CountExampleAsync(3)],
});

var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Row { Area = i * 3, Floor = i % 5, Label = i * 36 + i % 5 * 20 }));
ITransformer pipeline = ml.Transforms.Concatenate("Features", "Area", "Floor")
    .Append(ml.Regression.Trainers.Sdca(new Microsoft.ML.Trainers.SdcaRegressionTrainer.Options { NumberOfThreads = 1 }))
    .Fit(rows);
var pooled = new Pooled(pipeline.WithInputSchema(rows.Schema));
await Envelope.SaveAsync(pooled, new EnvelopeInfo { Examples = [pooled.PredictExample(50), pooled.PredictExample(80.5f, 3)] });

var stacked = Stacked.Trained();
await Envelope.SaveAsync(stacked, new EnvelopeInfo { Examples = [stacked.AtExample(0), stacked.AtExample(35), stacked.AtExample(299)] });
