using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class StateTests
{
    private const string Codec =
        """
        using System.IO; using System.Threading; using System.Threading.Tasks; using EnvelopeSdk.Authoring;
        [assembly: ArtifactCodec(typeof(Weights), typeof(WeightsCodec))]
        public sealed class Weights { public byte Value { get; init; } }
        public sealed class WeightsCodec : IArtifactCodec<Weights>
        {
            public string Id => "tests.weights";
            public int Version => 1;
            public ValueTask SaveAsync(Weights value, ArtifactWriter files, CancellationToken cancellationToken) =>
                files.AddAsync("value.bin", stream => { stream.WriteByte(value.Value); return default; }, cancellationToken);
            public async ValueTask<Weights> LoadAsync(ArtifactReader files, CancellationToken cancellationToken)
            {
                await using var source = await files.OpenAsync("value.bin", cancellationToken);
                return new Weights { Value = (byte)source.ReadByte() };
            }
        }
        """;

    [Theory]
    [InlineData("Weights weights")]
    [InlineData("Weights? weights")]
    public async Task A_codec_stores_the_state_of_its_type(string parameter)
    {
        var model = CompiledModel.Of(
            Codec,
            $$"""
            [EnvelopeModel("test")] public partial class Model({{parameter}}) { [Predict] public int Predict() => weights?.Value ?? -1; }
            public static class Script { public static object Run() => new Model(new Weights { Value = 7 }); }
            """);
        var loaded = await model.SaveAndLoadAsync(model.RunScript()!);
        Assert.Equal("7", CompiledService.Of(model).Answer(loaded, "predict", "{}"));
    }

    [Theory]
    [InlineData("public partial class Model(Weights weights, string[] @class, Scale? scale) { [Predict] public string Predict() => $\"{weights.Value} {@class[0]} {scale}\"; }")]
    [InlineData("public partial class Model(Weights weights, string[] @class, Scale? scale) { public string All { get; } = $\"{weights.Value} {@class[0]} {scale}\"; [Predict] public string Predict() => All; }")]
    [InlineData("public partial record Model(Weights Weights, string[] Class, Scale? Scale) { [Predict] public string Predict() => $\"{Weights.Value} {Class[0]} {Scale}\"; }")]
    public async Task State_may_be_of_several_kinds(string declaration)
    {
        var model = CompiledModel.Of(
            Codec,
            $$"""
            public record Scale(double Factor);
            [EnvelopeModel("test")] {{declaration}}
            public static class Script { public static object Run() => new Model(new Weights { Value = 1 }, ["é"], new Scale(0.5)); }
            """);
        var loaded = await model.SaveAndLoadAsync(model.RunScript()!);
        Assert.Equal("\"1 é Scale { Factor = 0.5 }\"", CompiledService.Of(model).Answer(loaded, "predict", "{}"));
        Assert.Empty(model.Schema.Types); // what only the state names is nobody else's business
    }
}
