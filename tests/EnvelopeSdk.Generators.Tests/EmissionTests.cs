using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>What is emitted for each family of types, as it was read: of a small model its own part, and its service.</summary>
public class EmissionTests
{
    private const string Codec =
        """
        using System.Threading; using System.Threading.Tasks; using EnvelopeSdk.Authoring;
        [assembly: ArtifactCodec(typeof(Weights), typeof(WeightsCodec))]
        public sealed class Weights;
        public sealed class WeightsCodec : IArtifactCodec<Weights>
        {
            public string Id => "tests.weights";
            public int Version => 1;
            public ValueTask SaveAsync(Weights value, ArtifactWriter files, CancellationToken token) => default;
            public ValueTask<Weights> LoadAsync(ArtifactReader files, CancellationToken token) => new(new Weights());
        }
        """;

    private static readonly Dictionary<string, Func<CompiledModel>> Families = new()
    {
        ["Awaited"] = () => Of(
            "[Predict, NotConcurrent] public async Task<int> PredictAsync(int x, CancellationToken token)"
            + " { await Task.Yield(); return x; }"),
        ["Constraints"] = () => Of(
            "[Predict] public bool Predict([Range(1, 9)] int size,"
            + " [StringLength(8, MinimumLength = 2), RegularExpression(\"[a-z]+\")] string text) => true;"),
        ["Defaults"] = () => Of(
            "[Predict] public Cut Predict(int count = 3, string? text = null, double rate = 0.5, Cut cut = Cut.Good) => cut;",
            "public enum Cut { Fair, Good }"),
        ["Dictionaries"] = () => Of("[Predict] public Dictionary<int, bool> Predict("
            + "IReadOnlyDictionary<string, double> rates) => [];"),
        ["Enums"] = () => Of("[Predict] public Cut Predict(Color color) => Cut.Good;",
            "public enum Cut { Fair, Good } [JsonConverter(typeof(JsonStringEnumConverter))] "
            + "public enum Color { D, [JsonStringEnumMemberName(\"é\")] E }"),
        ["Flags"] = () => Of("[Predict] public Marks Predict(Marks marks) => marks;",
            "[Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Marks { None, A = 1, B = 2 }"),
        ["Inheritance"] = () => CompiledModel.Of(
            "public abstract class Base<T> { [Predict] public virtual T Predict(T value) => value; }",
            "[EnvelopeModel(\"test\")] public partial class Model : Base<int>;"),
        ["Nullable"] = () => Of("[Predict] public string? Predict(int? count, string?[]? texts) => null;"),
        ["State"] = () => CompiledModel.OfLibrary(Codec,
            "[EnvelopeModel(\"test\")] public partial class Model(Weights weights, int[] @class, double? scale)"
            + " { [Predict] public bool Predict() => weights is null || @class is null || scale is null; }"),
        ["Streams"] = () => Of(
            "[Predict] public async IAsyncEnumerable<double> PredictAsync(int count) { await Task.Yield(); yield return count; }"),
        ["Tables"] = () => TableModel.Of(
            "Frame Predict(Frame rows, int top) => rows;", "PredictExample(new Frame((\"carat\", new double?[] { 1 })), 1)"),
        ["Tensors"] = () => Of(
            "[Predict] [return: TensorRank(2)] public System.Numerics.Tensors.Tensor<float> Predict("
            + "[TensorRank(2)] System.Numerics.Tensors.Tensor<float> image) => image;"),
        ["Tuples"] = () => Of("[Predict] public (float Low, float High) Predict((int X, string? Y) pair) => (0, 1);"),
        ["Unions"] = () => Of("[Predict] public Shape Predict(Shape shape) => shape;",
            "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Dot), \"dot\")] public abstract record Shape;"
            + " public sealed record Circle(double Radius) : Shape; public sealed record Dot : Shape;"),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_code_of_a_family_is_as_it_was_read(string family)
    {
        var model = Families[family]();
        var frozen = family == "Tables" ? await model.FreezeAsync((PredictionExample)model.RunScript()!) : null;

        Assert.Multiple(
            () => Snapshot.Equal(family + "Model", model.Run.Source),
            () => Snapshot.Equal(family + "Service", CompiledService.Of(model, frozen).Run.Source));
    }

    private static CompiledModel Of(string method, string declarations = "") => CompiledModel.Of(
        $$"""
        using System.ComponentModel.DataAnnotations; using System.Threading; using System.Threading.Tasks;
        [EnvelopeModel("test")] public partial class Model { {{method}} }
        {{declarations}}
        """);
}
