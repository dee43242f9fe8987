using EnvelopeSdk.Authoring;
using EnvelopeSdk.MLNet;
using EnvelopeSdk.MLNet.Tables;
using Microsoft.Data.Analysis;
using Microsoft.ML;

[assembly: ArtifactCodec(typeof(ITransformer), typeof(TransformerCodec))]
[assembly: TableCodec(typeof(DataFrame), typeof(DataFrameCodec))]
[assembly: TableCodec(typeof(IDataView), typeof(DataViewCodec))]
[assembly: SingleThreaded(
    typeof(PredictionEngineBase<,>), "use PredictionPool<TInput, TOutput> of EnvelopeSdk.MLNet")]
