namespace EnvelopeSdk.Tests.Sources;

/// <summary>State that cannot be stored.</summary>
internal static class StateCases
{
    private const string Members = "{ [Predict] public int Predict(int x) => x; }";

    private const string OrCodec =
        ". Reference the package of EnvelopeSdk for its framework, or offer a codec of your own with [assembly: ArtifactCodec]";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Parameter("Exception [|error|]", "string error", "error", $"no referenced package stores Exception, and it is not plain data: {Reasons.Unknown}{OrCodec}"),
        Parameter("object [|state|]", "int state", "state", $"no referenced package stores object, and it is not plain data: {Reasons.Anything}{OrCodec}"),
        Parameter("Span<int> [|span|]", "int[] span", "span", $"no referenced package stores Span<int>, and it is not plain data: {Reasons.Address}{OrCodec}"),
        Parameter("ref int [|x|]", "int x", "x", "it is passed by reference, and so cannot be kept; pass it by value"),
        Parameter("in int [|x|]", "int x", "x", "it is passed by reference, and so cannot be kept; pass it by value"),
        new(
            "ENV0005",
            "[EnvelopeModel(\"test\")] public partial class Model { public required int [|X|] { get; init; } [Predict] public int Predict(int x) => x; }",
            "[EnvelopeModel(\"test\")] public partial class Model { public int X { get; init; } [Predict] public int Predict(int x) => x; }",
            "X", "it is required but no parameter of the primary constructor, so no model could be created without it")
        {
            Call = "model.PredictExample(1)", Served = ["predict"],
        },
        new(
            "ENV0005",
            "[EnvelopeModel(\"test\")] public partial class [|Model|] { public Model(int x) => X = x; public int X { get; } [Predict] public int Predict(int x) => x; }",
            "[EnvelopeModel(\"test\")] public partial class Model(int x) { public int X { get; } = x; [Predict] public int Predict(int x) => x; }",
            "Model", "the class has no primary constructor whose parameters would be its state")
        {
            Call = "model.PredictExample(1)", Served = ["predict"],
        },
        Layer(
            "public sealed class Dense(int size) : Layer { public int Twice() => 2 * size; }",
            "public sealed class Dense : Layer;",
            "it has no public constructor without parameters, which creates one to load the state into"),
        Layer(
            "public sealed class Dense : Layer { internal Dense() { } }",
            "public sealed class Dense : Layer { internal Dense(int size) { } public Dense() { } }",
            "it has no public constructor without parameters, which creates one to load the state into"),
    ];

    /// <summary>An open generic codec makes what it loads, so its type parameter has a constraint.</summary>
    private const string LayerCodec =
        """
        public abstract class Layer { public object? Handle; }
        public sealed class LayerCodec<T> : EnvelopeSdk.Authoring.IArtifactCodec<T> where T : Layer, new()
        {
            public string Id => "tests.layer";
            public int Version => 1;
            public System.Threading.Tasks.ValueTask SaveAsync(
                T value, EnvelopeSdk.Authoring.ArtifactWriter files, System.Threading.CancellationToken token) => default;
            public System.Threading.Tasks.ValueTask<T> LoadAsync(
                EnvelopeSdk.Authoring.ArtifactReader files, System.Threading.CancellationToken token) => new(new T());
        }
        """;

    private static RuleCase Layer(string wrong, string right, string reason) =>
        new("ENV0005", LayerModel("Dense [|dense|]", wrong), LayerModel("Dense dense", right),
            "dense", $"it could be stored as a Layer, but {reason}")
        {
            Call = "model.PredictExample(1)",
            Served = ["predict"],
        };

    private static string LayerModel(string parameter, string layer) =>
        $$"""
        [assembly: EnvelopeSdk.Authoring.ArtifactCodec(typeof(Layer), typeof(LayerCodec<>))]
        {{Class(parameter)}}
        {{layer}}
        {{LayerCodec}}
        """;

    private static RuleCase Parameter(string wrong, string right, string name, string reason) => new("ENV0005", Class(wrong), Class(right), name, reason)
    {
        Call = "model.PredictExample(1)",
        Served = ["predict"],
    };

    private static string Class(string parameter) => $"[EnvelopeModel(\"test\")] public partial class Model({parameter}) {Members}";
}
