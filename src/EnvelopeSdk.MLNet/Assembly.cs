using EnvelopeSdk.Authoring;
using EnvelopeSdk.MLNet;
using Microsoft.ML;

[assembly: ArtifactCodec(typeof(ITransformer), typeof(TransformerCodec))]
