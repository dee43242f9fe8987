using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.MLNet.Tests;

/// <summary>Counts the prediction engines that are made of a pipeline: each asks for one mapper.</summary>
internal sealed class CountingTransformer(ITransformer inner) : ITransformer
{
    private int _engines;

    public int Engines => _engines;

    public bool IsRowToRowMapper => inner.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Interlocked.Increment(ref _engines);
        return inner.GetRowToRowMapper(inputSchema);
    }

    public IDataView Transform(IDataView input) => inner.Transform(input);

    void ICanSaveModel.Save(ModelSaveContext ctx) => inner.Save(ctx);
}
