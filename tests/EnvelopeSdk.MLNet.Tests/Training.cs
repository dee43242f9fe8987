using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace EnvelopeSdk.MLNet.Tests;

/// <summary>A small pipeline trained on made-up flats; the same each time.</summary>
internal static class Training
{
    public static IReadOnlyList<Flat> Flats { get; } = MakeFlats();

    public static IDataView Data { get; } = new MLContext(seed: 1).Data.LoadFromEnumerable(Flats);

    public static ITransformer Train()
    {
        var context = new MLContext(seed: 1);
        var trainer = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            NumberOfTrees = 20,
            NumberOfLeaves = 8,
            NumberOfThreads = 1,
        });
        return context.Transforms.Categorical.OneHotEncoding("DistrictCode", nameof(Flat.District))
            .Append(context.Transforms.Concatenate("Features", nameof(Flat.Area), nameof(Flat.Floor), "DistrictCode"))
            .Append(trainer)
            .Fit(Data);
    }

    private static List<Flat> MakeFlats()
    {
        var random = new Random(7);
        var flats = new List<Flat>();
        for (var i = 0; i < 500; i++)
        {
            var flat = new Flat { Area = random.NextSingle() * 150, Floor = random.Next(9), District = "ABCD"[random.Next(4)].ToString() };
            flat.Label = (flat.Area * 12) + (flat.Floor * 20) + (flat.District == "A" ? 300 : 0) + (random.NextSingle() * 10);
            flats.Add(flat);
        }

        return flats;
    }
}
