using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>A service loads the state with code of its own, which it derives from the compiled class.</summary>
public class ServiceStateTests
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
            public ValueTask SaveAsync(Weights value, ArtifactWriter files, CancellationToken token) =>
                files.AddAsync("value.bin", stream => { stream.WriteByte(value.Value); return default; }, token);
            public async ValueTask<Weights> LoadAsync(ArtifactReader files, CancellationToken token)
            {
                await using var source = await files.OpenAsync("value.bin", token);
                return new Weights { Value = (byte)source.ReadByte() };
            }
        }
        """;

    public static TheoryData<string> Types => ServedType.Names;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Plain_data_of_every_kind_is_loaded_as_it_was_saved(string type)
    {
        var served = ServedType.Of(type);
        foreach (var json in served.Accepted.Values)
        {
            var content = await served.Model.SaveAsync(served.Train(served.Read(json)));

            Assert.Equal(json, served.Service.Answer(await served.Service.LoadAsync(content), "state", "{}"));
        }
    }

    [Theory]
    [InlineData("class Model(Weights weights) { [Predict] public int Predict() => weights.Value; }", "7")]
    [InlineData("class Model(Weights? weights) { [Predict] public int Predict() => weights?.Value ?? -1; }", "7")]
    [InlineData("record Model(Weights Weights) { [Predict] public int Predict() => Weights.Value; }", "7")]
    [InlineData("record class Model(Weights Weights) { [Predict] public int Predict() => Weights.Value; }", "7")]
    public Task A_codec_loads_the_state_of_its_type(string declaration, string answer) =>
        AssertLoadsAsync(declaration, "new Model(new Weights { Value = 7 })", answer);

    [Theory]
    [InlineData(
        "class Model(Weights weights, string[] @class, Scale? scale, (int X, string Y) pair)"
        + " { [Predict] public string Predict() => $\"{weights.Value} {@class[0]} {scale} {pair.Y}\"; }")]
    [InlineData(
        "record Model(Weights Weights, string[] Class, Scale? Scale, (int X, string Y) Pair)"
        + " { [Predict] public string Predict() => $\"{Weights.Value} {Class[0]} {Scale} {Pair.Y}\"; }")]
    public Task Several_parameters_are_loaded_each_in_its_place(string declaration) => AssertLoadsAsync(
        declaration, "new Model(new Weights { Value = 1 }, [\"é\"], null, (1, \"z\"))", "\"1 é  z\"");

    [Theory]
    [InlineData("class Model { [Predict] public int Predict() => 3; }")]
    [InlineData("class Model() { [Predict] public int Predict() => 3; }")]
    [InlineData("record Model { [Predict] public int Predict() => 3; }")]
    public Task A_model_without_parameters_is_made_anew(string declaration) =>
        AssertLoadsAsync(declaration, "new Model()", "3");

    [Theory]
    [InlineData("public Model() : this(-1, \"wrong\") { }")]
    [InlineData("public Model(int a) : this(a, \"wrong\") { }")]
    [InlineData("public Model(int number, string text, int more) : this(more, \"wrong\") { }")]
    [InlineData("public Model(string text, int number) : this(-number, \"wrong\") { }")]
    [InlineData("public Model(int? number, string text) : this(-1, \"wrong\") { }")]
    [InlineData("public Model(long number, string text) : this(-1, \"wrong\") { }")]
    [InlineData("public Model(int number, Scale text) : this(-1, \"wrong\") { }")]
    [InlineData("internal Model(int number, object text) : this(-1, \"wrong\") { }")]
    public async Task A_class_with_other_constructors_is_loaded_through_the_primary_one(string other)
    {
        await AssertLoadsAsync(
            $"class Model(int number, string text) {{ {other} [Predict] public string Predict() => number + text; }}",
            "new Model(5, \"a\")", "\"5a\"");
        await AssertLoadsAsync(
            $"record Model(int number, string text) {{ {other} [Predict] public string Predict() => number + text; }}",
            "new Model(5, \"a\")", "\"5a\"");
    }

    [Theory]
    [InlineData("(int A, string B)", "(4, \"x\")", "(string, int)", """{"a":4,"b":"x"}""")]
    [InlineData("List<(int A, string B)>", "[(4, \"x\")]", "List<(string, int)>", """[{"a":4,"b":"x"}]""")]
    [InlineData("(int A, string B)[]", "[(4, \"x\")]", "(string, int)[]", """[{"a":4,"b":"x"}]""")]
    [InlineData("Box<(int A, int B)?>", "new((4, 5))", "Box<string>", """{"value":{"a":4,"b":5}}""")]
    [InlineData("string?[]?", "[null]", "int[]", "[null]")]
    public Task A_primary_constructor_is_found_by_its_types_however_their_parts_are_named(
        string type, string trained, string other, string answer) => AssertLoadsAsync(
        $"class Model({type} state) {{ public Model({other} state) : this(default({type})!) => state.ToString();"
        + $" [Predict] public {type} Predict() => state; }} public record Box<T>(T Value);",
        $"new Model(({type}){trained})", answer);

    [Theory]
    [InlineData("[global::EnvelopeSdk.Authoring.ModelState([\"number\"], [typeof(int)])]", "")]
    [InlineData("[typeof(int)]", "[typeof(string)]")]
    [InlineData("[typeof(int)]", "[]")]
    public async Task A_model_whose_part_does_not_name_its_constructor_is_refused_when_it_is_loaded(
        string text, string instead)
    {
        var model = CompiledModel.OfEdited(
            source => source.Replace(text, instead, StringComparison.Ordinal),
            "[EnvelopeModel(\"test\")] public partial class Model(int number) { [Predict] public int Predict() => number; }");
        var service = CompiledService.Of(model);
        var content = await model.SaveAsync(Activator.CreateInstance(model.Type, 5)!);

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => service.LoadAsync(content));
        Assert.Contains("'Model' cannot be created from stored state", failure.Message, StringComparison.Ordinal);
        Assert.Equal("5", service.Answer(await model.LoadAsync(content), "predict", "{}"));
    }

    private static async Task AssertLoadsAsync(string declaration, string trained, string answer)
    {
        var model = CompiledModel.Of(
            Codec,
            $$"""
            public record Scale(double Factor);
            [EnvelopeModel("test")] public partial {{declaration}}
            public static class Script { public static object Run() => {{trained}}; }
            """);
        var service = CompiledService.Of(model);
        var content = await model.SaveAsync(model.RunScript()!);

        Assert.Equal(answer, service.Answer(await service.LoadAsync(content), "predict", "{}"));
        Assert.Equal(answer, service.Answer(await model.LoadAsync(content), "predict", "{}"));
    }
}
