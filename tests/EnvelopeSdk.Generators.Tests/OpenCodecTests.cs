using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>An open generic codec of a base type stores what derives from it, as what it is.</summary>
public class OpenCodecTests
{
    private static readonly string Layers =
        $$"""
        using System.IO; using System.Threading; using System.Threading.Tasks; using EnvelopeSdk.Authoring;
        [assembly: ArtifactCodec(typeof(Layer), typeof(LayerCodec<>))]
        [assembly: ArtifactCodec(typeof(Conv), typeof(ConvCodec<>))]
        [assembly: ArtifactCodec(typeof(INamed), typeof(NamedCodec<>))]
        [assembly: ArtifactCodec(typeof(Exact), typeof(ExactCodec))]
        public interface INamed { byte Value { get; set; } }
        public abstract class Layer { public byte Value { get; set; } }
        public class Conv : Layer;
        public class Exact : Conv, INamed;
        public abstract class Codec<T> : IArtifactCodec<T>
        {
            public abstract string Id { get; }
            public int Version => 1;
            public ValueTask SaveAsync(T value, ArtifactWriter files, CancellationToken token) =>
                files.AddAsync("value", stream => { stream.WriteByte(ValueOf(value)); return default; }, token);
            public async ValueTask<T> LoadAsync(ArtifactReader files, CancellationToken token)
            {
                await using var stream = await files.OpenAsync("value", token);
                return Make((byte)stream.ReadByte());
            }
            protected abstract byte ValueOf(T value);
            protected abstract T Make(byte value);
        }
        {{Codec("LayerCodec<T>", "T", "where T : Layer, new()")}}
        {{Codec("ConvCodec<T>", "T", "where T : Conv, new()")}}
        {{Codec("NamedCodec<T>", "T", "where T : INamed, new()")}}
        {{Codec("ExactCodec", "Exact", "")}}
        """;

    [Theory]
    [InlineData("public class Dense : Layer;", "LayerCodec")]
    [InlineData("public class Deep : Dense; public class Dense : Layer;", "LayerCodec", "Deep")]
    [InlineData("", "ConvCodec", "Conv")]
    [InlineData("public class Conv2 : Conv;", "ConvCodec", "Conv2")]
    [InlineData("public class Conv3 : Conv2; public class Conv2 : Conv;", "ConvCodec", "Conv3")]
    [InlineData("public class Both : Layer, INamed;", "LayerCodec", "Both")] // a base class is nearer than an interface
    [InlineData("public class Other : INamed { public byte Value { get; set; } }", "NamedCodec", "Other")]
    [InlineData("public struct Small : INamed { public byte Value { get; set; } }", "NamedCodec", "Small")]
    [InlineData("public class Box<T> : Layer;", "LayerCodec", "Box<int>")]
    [InlineData("", "ExactCodec", "Exact")]
    [InlineData("public class MoreExact : Exact;", "ConvCodec", "MoreExact")]
    public async Task The_codec_of_the_nearest_base_stores_a_type(string declarations, string codec, string type = "Dense")
    {
        await AssertStoredAsync(CompiledModel.Of(Layers, ModelOf(type), declarations), codec);
        await AssertStoredAsync(CompiledModel.OfLibrary(Layers, ModelOf(type), declarations), codec);
    }

    [Fact]
    public Task A_type_that_may_be_null_is_stored_by_the_codec_of_what_it_is() =>
        AssertStoredAsync(
            CompiledModel.OfLibrary(
                Layers, ModelOf("Dense").Replace("(Dense ", "(Dense? ", StringComparison.Ordinal), "public class Dense : Layer;"),
            "LayerCodec");

    [Fact]
    public Task A_base_whose_codec_has_a_constraint_that_a_type_does_not_fulfil_leaves_it_to_one_further_away()
    {
        var layers = Layers.Replace("where T : Conv, new()", "where T : Conv, IDisposable, new()", StringComparison.Ordinal);
        return AssertStoredAsync(CompiledModel.OfLibrary(layers, ModelOf("Conv2"), "public class Conv2 : Conv;"), "LayerCodec");
    }

    [Theory]
    [InlineData("public class Made(byte size) : Layer { public int Twice() => 2 * size; }", "Made")]
    [InlineData("public abstract class Made : Layer;", "Made")]
    [InlineData("public class Made : Layer { internal Made() { } }", "Made")]
    [InlineData("", "Layer")]
    public void A_type_that_cannot_stand_for_the_type_parameter_is_not_stored(string declarations, string type)
    {
        var model = $"[EnvelopeModel(\"test\")] public partial class Model({type} layer)"
            + " { [Predict] public int Predict() => layer.Value; }";
        var run = GeneratorRun.Of(TestProject.Create("Training", TestReferences.Training, Layers, model, declarations));

        TestProject.AssertNoProblems(run.Compilation);
        Assert.Contains("'layer' cannot be stored", run.Source, StringComparison.Ordinal);
    }

    private static async Task AssertStoredAsync(CompiledModel model, string codec)
    {
        var content = await model.SaveAsync(model.RunScript()!);
        Assert.Equal(codec, Assert.Single(content.Record.State).Codec);

        var service = CompiledService.Of(model);
        Assert.Contains(codec, service.Run.Source, StringComparison.Ordinal);
        Assert.Equal("9", service.Answer(await service.LoadAsync(content), "predict", "{}"));
        Assert.Equal("9", service.Answer(await model.LoadAsync(content), "predict", "{}"));
    }

    private static string ModelOf(string type) =>
        $$"""
        [EnvelopeModel("test")] public partial class Model({{type}} layer)
        {
            [Predict] public int Predict() => layer is { } made && made.GetType() == typeof({{type}}) ? made.Value : -1;
        }
        public static class Script { public static object Run() => new Model(new {{type}} { Value = 9 }); }
        """;

    private static string Codec(string name, string type, string constraint) =>
        $$"""
        public sealed class {{name}} : Codec<{{type}}> {{constraint}}
        {
            public override string Id => "{{name.Split('<')[0]}}";
            protected override byte ValueOf({{type}} value) => value.Value;
            protected override {{type}} Make(byte value) => new {{type}} { Value = value };
        }
        """;
}
