using EnvelopeSdk;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Flats;

/// <summary>Predicts rents of flats.</summary>
[EnvelopeModel("flat-rent")]
public sealed partial class FlatRent(ITransformer pipeline)
{
    /// <summary>Predicts what flats cost a month.</summary>
    /// <param name="flats">The flats.</param>
    /// <returns>The rent of each.</returns>
    [Predict]
    public IDataView Predict(IDataView flats) => pipeline.Transform(flats);

    /// <summary>Sums costs of flats.</summary>
    /// <param name="costs">What is known of each flat.</param>
    /// <param name="factor">By how much costs rise.</param>
    [Predict("total-cost")]
    public async Task<DataFrame> SumAsync(DataFrame costs, double factor = 1)
    {
        await Task.Yield();
        costs["total"] = (costs["rent"] + costs["heating"]) * factor;
        costs.Columns.Remove("rent");
        return costs;
    }

    /// <summary>Fails in the ways that a model of tables can.</summary>
    /// <param name="flats">Flats.</param>
    /// <param name="how">Which.</param>
    [Predict]
    public DataFrame? Fail(DataFrame? flats, string how)
    {
        switch (how)
        {
            case "more":
                flats!["more"] = new DoubleDataFrameColumn("more", flats.Rows.Count);
                break;
            case "fewer":
                flats!.Columns.RemoveAt(0);
                break;
            case "type":
                flats!["area"] = new StringDataFrameColumn("area", flats.Rows.Count);
                break;
            case "null":
                flats!["area"][0] = null;
                break;
            case "nan":
                flats!["area"][0] = double.NaN;
                break;
        }

        return flats;
    }
}

/// <summary>A row of the training data.</summary>
public sealed class Flat
{
    public float Area { get; set; }

    public float Floor { get; set; }

    public string District { get; set; } = "";

    public float Rent { get; set; }
}
