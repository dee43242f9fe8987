using Microsoft.ML;

namespace EnvelopeSdk.MLNet.Tests;

/// <summary>Makes keys of the districts of flats, and names of the keys.</summary>
[EnvelopeModel("districts")]
public sealed partial class Districts(ITransformer toKeys)
{
    private readonly MLContext _context = new();

    [Predict]
    public IDataView ToKeys(IDataView flats) => toKeys.Transform(flats);

    [Predict]
    public IDataView ToNames(IDataView keys) => _context.Transforms.Conversion.MapKeyToValue("District").Fit(keys).Transform(keys);
}
