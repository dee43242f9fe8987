using System.Text.Json;
using Diamonds;
using EnvelopeSdk;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

// 1. The data; a fifth of it is held out.
var ml = new MLContext(seed: 1);
var rows = ml.Data.LoadFromEnumerable(Diamond.ReadCsv(Path.Combine(AppContext.BaseDirectory, "diamonds.csv")));
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);

// 2. The training.
var options = new FastTreeRegressionTrainer.Options
{
    LabelColumnName = nameof(Diamond.Price),
    NumberOfTrees = 400,
    NumberOfLeaves = 40,
    LearningRate = 0.15,
};
string[] features =
[
    nameof(Diamond.Carat), nameof(Diamond.Cut), nameof(Diamond.Color), nameof(Diamond.Clarity), nameof(Diamond.Depth),
    nameof(Diamond.Table), nameof(Diamond.X), nameof(Diamond.Y), nameof(Diamond.Z),
];
ITransformer pipeline = ml.Transforms.Concatenate("Features", features)
    .Append(ml.Regression.Trainers.FastTree(options))
    .Fit(split.TrainSet);

// 3. How good it is on the rows it never saw.
var metrics = ml.Regression.Evaluate(pipeline.Transform(split.TestSet), labelColumnName: nameof(Diamond.Price));
Console.WriteLine(
    $"R² {metrics.RSquared:0.0000}, RMSE {metrics.RootMeanSquaredError:0} $, "
    + $"mean absolute error {metrics.MeanAbsoluteError:0} $");

// 4. The model, and what it predicts for the rows it never saw, to compare a service with.
var model = new DiamondPrice(pipeline);
var predictions = ml.Data.CreateEnumerable<Diamond>(split.TestSet, reuseRowObject: false)
    .Select(row => model.PredictExample(
        row.Carat, (Cut)row.Cut, (Color)row.Color, (Clarity)row.Clarity, row.Depth, row.Table, row.X, row.Y, row.Z))
    .ToList();
File.WriteAllLines("holdout.jsonl", predictions.Select(one => JsonSerializer.Serialize(one)));

// 5. The envelope.
var saved = await Envelope.SaveAsync(model, new EnvelopeInfo
{
    Description = "Price of a cut diamond from its weight, grades and measures.",
    Tags = { ["team"] = "pricing", ["data"] = "diamonds" },
    Metrics =
    {
        ["r2"] = metrics.RSquared,
        ["rmse"] = metrics.RootMeanSquaredError,
        ["mae"] = metrics.MeanAbsoluteError,
    },
    Hyperparameters =
    {
        ["trees"] = options.NumberOfTrees,
        ["leaves"] = options.NumberOfLeaves,
        ["learningRate"] = options.LearningRate,
    },
    Examples = [.. predictions.Take(3)],
});
Console.WriteLine($"Saved {saved}");
