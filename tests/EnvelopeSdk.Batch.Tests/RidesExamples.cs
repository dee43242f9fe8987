using EnvelopeSdk.Batch.Tests.Model;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>The examples that tell the columns of tables.</summary>
internal static class RidesExamples
{
    public static IList<PredictionExample> Of(Rides rides)
    {
        var frame = new DataFrame(
            new DoubleDataFrameColumn("distance", [1, 2.5]), new Int32DataFrameColumn("passengers", [1, 2]),
            new StringDataFrameColumn("zone", ["007", null!]));
        var view = new MLContext(seed: 1).Data.LoadFromEnumerable<Leg>([new() { Distance = 3, Parts = [1, 2] }]);
        return [rides.TableExample(frame), rides.PricesExample(view), rides.SumExample(frame)];
    }

    private sealed class Leg
    {
        [ColumnName("distance")]
        public double Distance { get; set; }

        [ColumnName("parts"), VectorType(2)]
        public float[] Parts { get; set; } = [];
    }
}
