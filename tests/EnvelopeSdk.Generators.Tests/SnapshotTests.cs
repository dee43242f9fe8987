using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class SnapshotTests
{
    private const string Source =
        """
        namespace Diamonds
        {
            /// <summary>Predicts prices of diamonds.</summary>
            [EnvelopeModel("diamond-price")]
            public sealed partial class Model(double[] weights, Scale scale)
            {
                /// <summary>Predicts a price.</summary>
                /// <param name="diamond">The diamond.</param>
                /// <param name="currency">In which currency.</param>
                /// <returns>The price.</returns>
                [Predict]
                public double? Predict(Diamond diamond, string currency = "USD") => diamond.Carat * weights[0] * scale.Factor;

                [Predict("price-range")]
                public List<double> PredictRange(Diamond[] diamonds) => [];
            }

            public sealed record Scale(double Factor);

            public sealed record Diamond(double Carat, Cut Cut)
            {
                public Color? Color { get; init; }
            }

            public enum Cut { Fair, Good }

            [JsonConverter(typeof(JsonStringEnumConverter))]
            public enum Color { D, E }
        }
        """;

    [Fact]
    public void The_part_of_a_model_class_is_as_it_was_read() => Snapshot.Equal("Model", CompiledModel.Of(Source).Run.Source);

    [Fact]
    public void The_code_of_a_service_is_as_it_was_read() => Snapshot.Equal("Service", CompiledService.Of(CompiledModel.Of(Source)).Run.Source);

    [Fact]
    public void A_batch_job_calls_the_model_by_the_code_of_a_service()
    {
        const string Common = "namespace EnvelopeSdk.Serving.Generated";
        var model = CompiledModel.Of(Source);
        var job = GeneratorRun.Of(
            TestProject.Create("Job", [.. TestReferences.Service, .. model.References]),
            new TestOptions(
                (KnownNames.ModelTypeProperty, model.Type.FullName!), (KnownNames.ModelAssemblyProperty, CompiledModel.AssemblyName),
                (KnownNames.HostProperty, KnownNames.BatchHost))).Source.Split(Common);

        Assert.Contains("internal static class EnvelopeBatch", job[0], StringComparison.Ordinal);
        Assert.DoesNotContain("AspNetCore", job[0], StringComparison.Ordinal);
        Assert.Equal(CompiledService.Of(model).Run.Source.Split(Common)[1], job[1]);
    }
}
