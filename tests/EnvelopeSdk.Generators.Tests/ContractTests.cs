using System.Reflection;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>A compiled model outlives the platform that compiled it, so what it needs of that is written down here.</summary>
public class ContractTests
{
    private const string Consequence =
        "What compiled models refer to has changed. Envelopes that exist refer to what was there before, so nothing of it may "
        + "go; and a change here needs a new contract number (Agreements.Contract) and a golden envelope of it.";

    private const string Model =
        "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict() => 1; }";

    /// <summary>What has the form of no <see cref="AcceptedType"/>: answers that come later, and turns.</summary>
    private const string Streams =
        """
        using System.Threading.Tasks;
        [EnvelopeModel("test")] public partial class Model
        {
            [Predict] public async Task<int> PredictAsync(int x) { await Task.Yield(); return x; }
            [Predict("items")] public async IAsyncEnumerable<int> ItemsAsync() { await Task.Yield(); yield return 1; }
            [Predict("alone"), NotConcurrent] public int Alone(int x = 3) => x;
        }
        """;

    private const string Constrained =
        """
        using System.ComponentModel.DataAnnotations;
        public record Held(
            [property: Range(1, 9)] int A,
            [property: StringLength(8, MinimumLength = 2), RegularExpression("[a-z]+")] string B,
            [property: MinLength(1), MaxLength(3)] int[] C, [property: AllowedValues("x", "y")] string D);
        [EnvelopeModel("test")] public partial class Model(Held held) { [Predict] public int Predict() => held.A; }
        """;

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

    private static readonly Lazy<IReadOnlyList<CompiledModel>> Models = new(() =>
    [
        CompiledModel.Of(AcceptedTypes.InOneModelWithState),
        CompiledModel.Of(Streams),
        CompiledModel.Of(Constrained),
        CompiledModel.OfLibrary(Codec, Model
            .Replace("class Model", "class Model(Weights weights, int[] more)", StringComparison.Ordinal)
            .Replace("=> 1", "=> more.Length + weights.GetHashCode()", StringComparison.Ordinal)),
        TableModel.Of("Frame Predict(Frame rows) => rows;"),
    ]);

    [Fact]
    public void An_assembly_with_models_names_the_contract_and_the_platform_once()
    {
        var model = CompiledModel.Of(
            Model, "[EnvelopeModel(\"other\")] public partial class Other { [Predict] public int Predict() => 1; }");

        var contract = Assert.Single(model.Type.Assembly.GetCustomAttributes<ModelContractAttribute>());
        Assert.Equal(3, contract.Number);
        Assert.Equal(ModelContract.Number, contract.Number);
        Assert.Equal(VersionOf(typeof(EnvelopeGenerator)), contract.Platform);
        Assert.Equal(VersionOf(typeof(EnvelopeModelAttribute)), contract.Platform);
    }

    [Theory]
    [InlineData("")]
    [InlineData("public class Model { public int Predict() => 1; }")]
    [InlineData("[EnvelopeModel(\"test\")] public class Model { [Predict] public int Predict() => 1; }")] // not partial
    public void A_project_without_models_names_none(string source) =>
        Assert.Empty(GeneratorRun.Of(TestProject.Create("Library", TestReferences.Training, source)).Sources);

    [Fact]
    public void A_service_names_none() => Assert.DoesNotContain(
        CompiledService.Of(CompiledModel.Of(Model)).Run.Sources,
        source => source.HintName.Contains("Contract", StringComparison.Ordinal));

    [Fact]
    public void The_file_that_names_it_is_as_it_was_read()
    {
        var file = CompiledModel.Of(Model).Run.Sources.Single(source => source.HintName == "EnvelopeSdk.Contract.g.cs");

        Snapshot.Equal("Contract", file.SourceText.ToString()
            .Replace($"\"{VersionOf(typeof(EnvelopeGenerator))}\"", "\"VERSION\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Compiled_models_refer_to_the_runtime_and_to_nothing_else_of_the_platform() =>
        Assert.All(Models.Value, model => Assert.Equal(["EnvelopeSdk.Runtime"], ContractUse.Assemblies(model)));

    [Fact]
    public void Compiled_models_refer_to_those_members_of_the_runtime_alone() => Snapshot.Equal(
        "ContractMembers",
        string.Join("\n", Models.Value.SelectMany(ContractUse.Members).Distinct().Order(StringComparer.Ordinal)) + "\n",
        Consequence);

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
