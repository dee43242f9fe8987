using System.Text.RegularExpressions;
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
    public void The_code_of_a_batch_job_is_as_it_was_read() => Snapshot.Equal("Batch", Job(KnownNames.BatchHost));

    [Fact]
    public void A_batch_job_has_all_that_binds_queries_in_a_service()
    {
        var job = Job(KnownNames.BatchHost).Split('\n').ToHashSet(StringComparer.Ordinal);
        var service = CompiledService.Of(CompiledModel.Of(Source)).Run.Source.Split("namespace EnvelopeSdk.Serving.Generated")[1];

        Assert.All(
            service.Split('\n').Where(line => !line.Contains(": global::EnvelopeSdk.Binding.JsonForm<", StringComparison.Ordinal)),
            line => Assert.Contains(line, job));
    }

    [Fact]
    public void A_worker_is_a_batch_job_with_another_program() => Assert.Equal(
        Job(KnownNames.BatchHost).Replace("BatchProgram", "WorkerProgram", StringComparison.Ordinal), Job(KnownNames.WorkerHost));

    [Fact]
    public void Members_that_no_row_has_leave_no_variable_that_nothing_uses()
    {
        var members = string.Join(", ", Enumerable.Range(0, 64).Select(i => $"double M{i}"));
        var job = Job(
            KnownNames.BatchHost,
            $$"""
            [EnvelopeModel("wide")]
            public sealed partial class Model(double[] weights)
            {
                [Predict]
                public double Predict(Wide wide, Marker? marker = null) => wide.M0 * weights[0];
            }

            public sealed record Wide({{members}}) { public double Ratio => M0 / M1; }

            public sealed record Marker { public string Kind => "m"; }
            """);

        var methods = Regex.Split(job, "(?:public|private) static ");
        Assert.Contains(methods, one => one.Contains("MembersWide(ref", StringComparison.Ordinal));
        Assert.Contains(methods, one => one.Contains("MembersMarker(ref", StringComparison.Ordinal));
        Assert.All(methods, method => Assert.All(
            Regex.Matches(method, "ulong (seen[0-9]+) = 0;"),
            declared => Assert.True(Regex.Count(method, $"{declared.Groups[1].Value}\\b") > 1, method)));
    }

    private static string Job(string host, string source = Source)
    {
        var model = CompiledModel.Of(source);
        return GeneratorRun.Of(
            TestProject.Create("Job", [.. TestReferences.Service, .. model.References]),
            new TestOptions(
                (KnownNames.ModelTypeProperty, model.Type.FullName!), (KnownNames.ModelAssemblyProperty, CompiledModel.AssemblyName),
                (KnownNames.HostProperty, host))).Source;
    }
}
