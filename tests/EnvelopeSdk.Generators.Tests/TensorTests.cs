using EnvelopeSdk.Binding;
using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary><c>Tensor&lt;T&gt;</c>, whose rank is said by an attribute.</summary>
public class TensorTests
{
    private static readonly CompiledModel Doubling = CompiledModel.Of(
        """
        using System.Numerics.Tensors;

        [EnvelopeModel("test")]
        public partial class Model([TensorRank(2)] Tensor<double> weights)
        {
            [Predict]
            [return: TensorRank(3)]
            public Tensor<double> Predict([TensorRank(2)] Tensor<double> x, [TensorRank(2)] Tensor<double>? y = null) =>
                Tensor.Create(new[] { x[0, 0], weights[0, 1], y is null ? 0 : y[0, 0] }, [1, 3, 1]);

            [Predict]
            [return: TensorRank(2)]
            public Tensor<double> Wrong() => Tensor.Create(new[] { 1.0 }, [1]);
        }

        public static class Script { public static object Run() => new Model(Tensor.Create(new[] { 1.0, 2.0 }, [1, 2])); }
        """);

    private static readonly CompiledService Service = CompiledService.Of(Doubling);

    [Fact]
    public async Task A_tensor_is_taken_answered_and_kept()
    {
        var loaded = await Doubling.SaveAndLoadAsync(Doubling.RunScript()!);

        Assert.Equal("[[[7],[2],[9]]]", Service.Answer(loaded, "predict", """{"x":[[7,8]],"y":[[9]]}"""));
        Assert.Equal("[[[7],[2],[0]]]", Service.Answer(loaded, "predict", """{"x":[[7,8]]}"""));
        Assert.Equal(Doubling.Schema.Fingerprint, Doubling.FingerprintFromMetadata());
        Assert.Equal((TypeKind.Tensor, 3), (Doubling.Schema.Queries[0].Returns.Kind, Doubling.Schema.Queries[0].Returns.Rank));
    }

    [Theory]
    [InlineData("[1]", "/x/0: Expected an array, got a number.")]
    [InlineData("[[[1]]]", "/x/0/0: Expected a number, got an array.")]
    [InlineData("[[1,2],[3]]", "/x/1: Expected as many items as the arrays before it have, 2, got 1 item.")]
    [InlineData("[[1],[null]]", "/x/1/0: Expected a number, got null.")]
    [InlineData("null", "/x: Expected an array, got null.")]
    public void Arrays_of_another_depth_or_length_are_refused(string x, string expected) => Assert.Equal(expected, Service.Errors("predict", $$"""{"x":{{x}}}"""));

    [Fact]
    public void An_answer_of_another_rank_is_the_models_fault()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Service.Answer(Doubling.RunScript()!, "wrong", "{}"));

        Assert.Contains("rank is not the 2", Assert.IsType<ModelAnswerException>(failure.GetBaseException()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_rank_1_is_an_array_to_a_caller() => Assert.Equal(
        Fingerprint("int Predict([TensorRank(1)] System.Numerics.Tensors.Tensor<float> x) => 1;"), Fingerprint("int Predict(float[] x) => 1;"));

    [Fact]
    public void The_rank_is_part_of_the_schema() => Assert.NotEqual(
        Fingerprint("int Predict([TensorRank(3)] System.Numerics.Tensors.Tensor<float> x) => 1;"), Fingerprint("int Predict([TensorRank(2)] System.Numerics.Tensors.Tensor<float> x) => 1;"));

    private static string Fingerprint(string method) =>
        CompiledModel.Of($"[EnvelopeModel(\"test\")] public partial class Model {{ [Predict] public {method} }}").Schema.Fingerprint;
}
