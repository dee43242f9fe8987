namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The model of the quick start, with a pipeline that nothing trained: a document says nothing of what is in it.</summary>
internal static class QuickStart
{
    private const string Rest =
        """
        using Diamonds;

        public static class Script
        {
            public static (object, EnvelopeInfo?) Run()
            {
                var model = new DiamondPrice([1]);
                var examples = new[]
                {
                    model.PredictExample(0.23f, Cut.Ideal, Color.E, Clarity.SI2, 61.5f, 55, 3.95f, 3.98f, 2.43f),
                    model.PredictExample(0.24f, Cut.VeryGood, Color.J, Clarity.VVS2, 62.8f, 57, 3.94f, 3.96f, 2.48f),
                };
                return (model, new() { Description = "Price of a cut diamond from its weight, grades and measures.", Examples = examples });
            }
        }

        namespace EnvelopeSdk.MLNet
        {
            public sealed class PredictionPool<TRow, TPrediction>(double[] pipeline)
                where TPrediction : new()
            {
                public TPrediction Predict(TRow row) => row is null || pipeline.Length == 0 ? throw new ArgumentNullException(nameof(row)) : new();
            }
        }
        """;

    public static string[] Sources => [Read("Diamond.cs"), Read("DiamondPrice.cs").Replace("using Microsoft.ML;", "", StringComparison.Ordinal).Replace("ITransformer", "double[]", StringComparison.Ordinal), Rest];

    /// <summary>A file of the template; its project has the usings that are implicit.</summary>
    private static string Read(string name) =>
        "using System.IO; using System.Linq;\n" + File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "QuickStart", name));
}
