using Diamonds;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace EnvelopeSdk.Benchmarks.Trees;

/// <summary>Trees that price stones.</summary>
public static class Trees
{
    /// <summary>Trains them, the same each time.</summary>
    /// <param name="stones">What they learn from.</param>
    /// <param name="path">Where ML.NET keeps them, too.</param>
    public static TreePrice Train(IEnumerable<TreeStone> stones, string path)
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(stones);
        var pipeline = context.Transforms
            .Concatenate("Features", nameof(TreeStone.Carat), nameof(TreeStone.X), nameof(TreeStone.Depth))
            .Append(context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
            {
                NumberOfTrees = 100,
                NumberOfLeaves = 20,
                NumberOfThreads = 1,
            }))
            .Fit(data);
        context.Model.Save(pipeline, data.Schema, path);
        return new(pipeline);
    }

    /// <summary>Opens the envelope of them as a job does.</summary>
    public static async Task<ServedModel> OpenAsync(string envelope, CancellationToken cancellationToken) =>
        await ServedModel.OpenAsync(
            new EnvelopeModelBinding(), await UnpackedEnvelope.OpenAsync(envelope, cancellationToken),
            cancellationToken);
}
