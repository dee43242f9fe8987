using EnvelopeSdk.Authoring;
using EnvelopeSdk.MLNet;
using Microsoft.Data.Analysis;
using Microsoft.ML;

[assembly: ArtifactCodec(typeof(ITransformer), typeof(TransformerCodec))]
[assembly: TableCodec(typeof(DataFrame), typeof(DataFrameCodec))]
[assembly: TableCodec(typeof(IDataView), typeof(DataViewCodec))]
